import { Link, type LinkComponentProps } from '@tanstack/react-router';

interface PageLinkProps extends Omit<LinkComponentProps, 'to' | 'params' | 'search'> {
  /** A path of the table of pages. */
  readonly to: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly search?: Readonly<Record<string, string>>;
}

/** A link to a page. The pages are a table, so the router's types don't know the parameters of each. */
export const PageLink = ({ to, params, search, ...rest }: PageLinkProps) => (
  <Link to={to} {...({ params, search } as object)} {...rest} />
);
