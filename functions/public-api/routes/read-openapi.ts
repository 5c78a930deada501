import { openApiDocument } from '../../../contracts/openapi.ts';
import { publicRoutes } from '../../../contracts/public.ts';
import { routes } from '../../../contracts/routes.ts';
import { ok } from '../../../core/result.ts';
import { type Route, readRoute } from '../../_runtime/route.ts';

/** The document is made at the first request and kept. */
export const readOpenapi = (): Route => {
  let document: ReturnType<typeof openApiDocument> | undefined;
  return readRoute(
    publicRoutes.readOpenapi,
    async () => {
      document ??= openApiDocument(routes);
      return ok(document);
    },
    (made) => made,
  );
};
