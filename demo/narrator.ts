/** Tells the story step by step on standard output. */
export interface Narrator {
  chapter(title: string): void;
  line(text: string): void;
}

export function narrate(write: (text: string) => void): Narrator {
  let chapter = 0;
  return {
    chapter(title) {
      chapter += 1;
      write(`\n${String(chapter).padStart(2)}  ${title}`);
    },
    line: (text) => write(`      ${text}`),
  };
}
