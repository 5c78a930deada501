import { useLanguage } from '../language/language.tsx';

const SYSTEM = 'system:';

interface WhoProps {
  readonly sub: string;
  /** What people are called, by subject, as it was when they acted. */
  readonly names?: Readonly<Record<string, string>> | undefined;
}

/** Somebody by name; the system by what it was doing; of whom no name was kept, the subject of the sign-in. */
export function Who({ sub, names = {} }: WhoProps) {
  const { strings } = useLanguage();
  const name = names[sub];
  if (name !== undefined) return <>{name}</>;
  if (!sub.startsWith(SYSTEM)) return <span className="code">{sub}</span>;
  const { system, doing } = strings.signatures;
  const workflow = sub.slice(SYSTEM.length);
  return <>{system(doing[workflow] ?? workflow)}</>;
}

interface EnteredByProps {
  /** Subject of whoever caused an entry. */
  readonly actor: string;
  /** In which role that was, and by which name; entries from before don't tell. */
  readonly by?: { readonly role: string; readonly name?: string | undefined } | undefined;
}

/** Who caused an entry: office and name, as it was then. */
export function EnteredBy({ actor, by }: EnteredByProps) {
  const { strings } = useLanguage();
  const names = by?.name === undefined ? {} : { [actor]: by.name };
  return (
    <>
      {by && by.role !== 'system' && `${strings.insight.roles[by.role] ?? by.role} `}
      <Who sub={actor} names={names} />
    </>
  );
}
