/** Beside the button that the same keys press. */
export const SendKeys = () => (
  <span className="send-keys">
    <kbd>Ctrl</kbd> <kbd>Enter</kbd>
  </span>
);
