import type { Ports } from '../../../core/ports/context.ts';
import type { Route } from '../../_runtime/route.ts';
import { addVersionRoute } from './add-version.ts';
import { browseCatalogueRoute } from './browse-catalogue.ts';
import { createOfferingRoute } from './create-offering.ts';
import { editVersionRoute } from './edit-version.ts';
import { listCategoriesRoute } from './list-categories.ts';
import { listOwnOfferingsRoute } from './list-own-offerings.ts';
import { listVersionsRoute } from './list-versions.ts';
import { readOfferingRoute } from './read-offering.ts';
import { readPublicOfferingRoute } from './read-public-offering.ts';
import { readOfferingTrailRoute } from './read-trail.ts';
import { readVersionRoute } from './read-version.ts';
import { submitVersionRoute } from './submit-version.ts';
import { withdrawOfferingRoute } from './withdraw-offering.ts';

/** Every route of the catalogue. */
export const catalogueApi = (ports: Ports): readonly Route[] => [
  createOfferingRoute(ports),
  editVersionRoute(ports),
  addVersionRoute(ports),
  submitVersionRoute(ports),
  withdrawOfferingRoute(ports),
  listOwnOfferingsRoute(ports),
  readOfferingRoute(ports),
  listVersionsRoute(ports),
  readVersionRoute(ports),
  readOfferingTrailRoute(ports),
  browseCatalogueRoute(ports),
  listCategoriesRoute(ports),
  readPublicOfferingRoute(ports),
];
