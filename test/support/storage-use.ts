import { join } from 'node:path';
import { build } from 'esbuild';
import { routes } from '../../contracts/routes.ts';
import { listPattern } from '../../lib/constructs/table-access.ts';
import type { ListName, Permission } from '../../lib/permissions.ts';
import { entityDefinitions } from '../../storage/entities/index.ts';
import { lists } from '../../storage/lists.ts';
import { queryDefinitions } from '../../storage/queries.ts';
import { type IndexName, KEY_SEPARATOR, type PrefixName, prefixes } from '../../storage/table.ts';

const prefixNamed = new Map(Object.entries(prefixes).map(([name, prefix]) => [prefix as string, name as PrefixName]));

function prefixOfKey(pk: string): PrefixName {
  const prefix = prefixNamed.get(pk.split(KEY_SEPARATOR)[0] ?? '');
  if (!prefix) throw new Error(`no prefix of the table: ${pk}`);
  return prefix;
}

/** Any id of any entity: its key's first part is all that is asked. */
const anyId = new Proxy({}, { get: () => '0' }) as never;

const prefixOfEntity = (name: string): PrefixName =>
  prefixOfKey(entityDefinitions[name as keyof typeof entityDefinitions].key(anyId).pk);

/** The list of an index that a query reads, by the pattern of its partition key. */
function listOfQuery(name: string): { index: IndexName; list: ListName } | undefined {
  const { access } = queryDefinitions[name as keyof typeof queryDefinitions];
  const { index, pk } = access(anyId);
  if (!index) return undefined;
  const first = pk.split(KEY_SEPARATOR)[0];
  const list = (Object.keys(lists) as ListName[]).find((each) => listPattern(each).split(KEY_SEPARATOR)[0] === first);
  if (!list) throw new Error(`the query ${name} reads no list that is known`);
  return { index, list };
}

/**
 * What a function's code does with the table, read out of its bundle: only what is reachable from its entry point is
 * in there. Every access names its entity or list by a literal, which is what makes this possible.
 */
export async function storageUseOf(name: string): Promise<Required<Permission>> {
  const root = join(import.meta.dirname, '../..');
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [`functions/${name}/index.ts`],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    packages: 'external',
    treeShaking: true,
    write: false,
    logLevel: 'silent',
  });
  const text = outputFiles[0]?.text ?? '';
  const all = (pattern: RegExp) => [...new Set([...text.matchAll(pattern)].map((match) => match[1] ?? ''))];

  const isEntity = (word: string) => word in entityDefinitions;
  // Every container can read the calendar; not every function asks for it.
  const asksCalendar = /\bcalendar\d*\(\)/.test(text) || /\.get\(\s*"calendarOverrides"/.test(text);
  const gets = all(/\.(?:get|getMany)\(\s*"(\w+)"/g)
    .filter(isEntity)
    .filter((entity) => entity !== 'calendarOverrides' || asksCalendar);
  const checks = all(/do: "check",\s*entity: "(\w+)"/g);
  const changes = all(/do: "(?:create|update)",\s*entity: "(\w+)"/g);
  const others = new Set(all(/do: "(post|post-local|event|open-spec|claim-unique|release-unique)"/g));
  const balances = new Set(all(/\.(capUsed|uniqueOwner|localFund|localUsed)\(/g));
  const queries = all(/\.list\(\s*"(\w+)"/g);
  const deletes = /new DeleteCommand\(/.test(text) ? (['outbox'] as const) : [];
  const commits = changes.length > 0 || others.size > 0;
  const answers = commits && /store\.answered\(/.test(text);
  const counts = /\bcreateCounting\(/.test(text);
  const posts = others.has('post');
  const postsLocally = others.has('post-local');

  const own = routes.filter((route) => route.context === name);
  const actsForOrganisations = own.some(
    ({ access }) => 'roles' in access && access.roles.some((role) => role === 'enterprise' || role === 'provider'),
  );
  const read = queries
    // A trail lies in the partition of its entity, which is read anyway.
    .filter((query) => query !== 'trail' && (query !== 'membershipsOf' || actsForOrganisations))
    .map((query) => ({ query, listed: listOfQuery(query) }));
  const inTable = read.filter(({ listed }) => !listed).map(({ query }) => query);
  const usedLists: { [I in IndexName]?: ListName[] } = {};
  for (const { listed } of read) {
    if (!listed) continue;
    const { index, list } = listed;
    usedLists[index] = [...new Set([...(usedLists[index] ?? []), list])].sort();
  }

  const sorted = (names: readonly PrefixName[]) => [...new Set(names)].sort();
  const partOf = <T>(condition: boolean, ...names: T[]) => (condition ? names : []);
  return {
    reads: sorted([
      ...[...gets, ...checks].map(prefixOfEntity),
      ...inTable.map((query) => prefixOfKey(queryDefinitions[query as keyof typeof queryDefinitions].access(anyId).pk)),
      // A posting asks how many shards the pool has, and looks at all of them when one is short.
      ...partOf<PrefixName>(posts || /reads\d*\.(?:fund|spec|pool|poolEstimate)\(/.test(text), 'fund'),
      ...partOf<PrefixName>(balances.has('capUsed'), 'cap'),
      ...partOf<PrefixName>(balances.has('uniqueOwner'), 'unique'),
      ...partOf<PrefixName>(balances.has('localFund') || balances.has('localUsed'), 'localFund'),
      ...partOf<PrefixName>(counts || /reads\d*\.progress\(/.test(text), 'progress'),
      ...partOf<PrefixName>(answers, 'idempotency'),
    ]),
    writes: sorted([
      ...changes.map(prefixOfEntity),
      ...partOf<PrefixName>(counts, 'progress'),
      ...partOf<PrefixName>(posts, 'journal'),
      ...partOf<PrefixName>(postsLocally, 'localFund'),
      ...partOf<PrefixName>(others.has('open-spec'), 'fund'),
      ...partOf<PrefixName>(others.has('event'), 'outbox'),
      ...partOf<PrefixName>(others.has('claim-unique') || others.has('release-unique'), 'unique'),
      ...partOf<PrefixName>(answers, 'idempotency'),
    ]),
    counts: sorted([
      ...partOf<PrefixName>(posts, 'fund', 'cap'),
      ...partOf<PrefixName>(postsLocally, 'localFund'),
      ...partOf<PrefixName>(counts, 'progress'),
    ]),
    deletes: [...deletes],
    lists: usedLists,
  };
}
