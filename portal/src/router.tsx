import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type RouteComponent,
} from '@tanstack/react-router';
import { NotFound } from './components/not-found.tsx';
import { Shell } from './components/shell.tsx';
import { WorkTexts } from './components/work-texts.tsx';
import { type PageEntry, pages } from './routes.ts';
import { Gate } from './session/gate.tsx';

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });

const isPublic = ({ access }: PageEntry) => access !== 'signed-in' && 'public' in access;

/** The page behind its gate and with the texts of work, neither of which the public ones need. */
function gated(page: PageEntry, Content: RouteComponent): RouteComponent {
  if (isPublic(page)) return Content;
  return () => (
    <Gate page={page}>
      <WorkTexts>
        <Content />
      </WorkTexts>
    </Gate>
  );
}

const routeOf = (page: PageEntry) =>
  createRoute({
    getParentRoute: () => root,
    path: page.path,
    component: gated(page, lazyRouteComponent(page.load)),
  });

/** Search parameters are plain texts, as people read and share addresses. */
export const router = createRouter({
  routeTree: root.addChildren(pages.map(routeOf)),
  defaultPreload: 'intent',
  scrollRestoration: true,
  parseSearch: (search) => Object.fromEntries(new URLSearchParams(search)),
  stringifySearch: (search) => {
    const given = Object.entries(search).filter(([, value]) => value !== undefined && value !== '');
    const text = new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)])).toString();
    return text ? `?${text}` : '';
  },
});
