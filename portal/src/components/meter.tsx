interface MeterProps {
  readonly label: string;
  /** What is filled, 0 to 1. */
  readonly filled: number;
  readonly value: string;
  readonly left: string;
  /** More than there is. */
  readonly over?: boolean;
}

/** How much of something is used: a bar with its figures, readable without the bar. */
export const Meter = ({ label, filled, value, left, over = false }: MeterProps) => (
  <div className={over ? 'meter meter-over' : 'meter'}>
    <div className="meter-text">
      <span className="meter-label">{label}</span>
      <span className="figures">{value}</span>
    </div>
    <svg className="meter-bar" viewBox="0 0 1000 12" preserveAspectRatio="none" aria-hidden="true">
      <rect className="meter-track" width="1000" height="12" rx="3" />
      <rect className="meter-fill" width={Math.max(filled > 0 ? 6 : 0, filled * 1000)} height="12" rx="3" />
    </svg>
    <span className="meter-left">{left}</span>
  </div>
);

/** A ring that shows the same of the whole fund. */
export const Ring = ({
  filled,
  text,
  label,
}: {
  readonly filled: number;
  readonly text: string;
  readonly label: string;
}) => (
  <svg className="ring" viewBox="0 0 120 120" role="img" aria-label={`${label} ${text}`}>
    <circle className="ring-track" cx="60" cy="60" r="50" pathLength="100" />
    <circle
      className="ring-fill"
      cx="60"
      cy="60"
      r="50"
      pathLength="100"
      strokeDasharray={`${Math.max(filled > 0 ? 0.8 : 0, filled * 100)} 100`}
      transform="rotate(-90 60 60)"
    />
    <text x="60" y="58" textAnchor="middle" className="ring-text">
      {text}
    </text>
    <text x="60" y="76" textAnchor="middle" className="ring-label">
      {label}
    </text>
  </svg>
);
