import { publicityRoutes } from '../../../contracts/publicity.ts';
import { live, type Surroundings } from '../person.ts';

/** Somebody without an account who reads notices, and objects to a line now and then, sometimes twice. */
export function objector(world: Surroundings): void {
  const seen = new Set<string>();
  const notices: string[] = [];
  live(world, {
    name: 'public',
    caller: undefined,
    cares(item) {
      if (item.type !== 'notice') return false;
      const { id } = item.data as { id: string };
      if (seen.has(id)) return false;
      seen.add(id);
      notices.push(id);
      return true;
    },
    async look(me) {
      for (const noticeId of notices.splice(0)) {
        const lines = await me.read(publicityRoutes.readNoticeLines, { params: { noticeId } });
        for (const { claimItemId } of lines?.items ?? []) {
          if (!me.random.chance(0.25)) continue;
          await me.deed('object', async () => {
            const body = { claimItemId, name: '王五', phone: '13900000022', grounds: '服务没有提供' };
            await me.do(publicityRoutes.lodgePublicObjection, { params: { noticeId }, body });
            if (me.random.chance(0.3)) {
              const again = { ...body, name: '赵六' };
              await me.do(publicityRoutes.lodgePublicObjection, { params: { noticeId }, body: again });
            }
          });
        }
      }
    },
  });
}
