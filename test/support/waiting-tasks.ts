import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Task } from '../../core/inbox/task.ts';
import type { EmbeddedSystem } from '../../demo/system.ts';
import { entityItem } from '../../storage/transaction.ts';
import { plainClient } from './plain-client.ts';
import { idOf } from './registry-world.ts';

/** Puts tasks past every workflow into the inbox of a city, opened one after the other before now. */
export async function putTasks(
  system: EmbeddedSystem,
  jurisdiction: string,
  tasks: readonly (Partial<Task> & { readonly name: string })[],
): Promise<void> {
  const client = plainClient(system.endpoints.dynamodb);
  const TableName = system.model.tables[0]?.name;
  const items = tasks.map(({ name, ...fields }, index): Task => {
    const opened = system.clock.now() - (tasks.length - index) * 1000;
    return {
      id: idOf('tsk', 500_000 + index),
      version: 1,
      createdAt: opened,
      updatedAt: opened,
      kind: 'enterprise-certification',
      status: 'open',
      role: 'city-reviewer',
      jurisdiction,
      subject: { entity: 'certification', id: idOf('crt', 500_000 + index), label: name },
      excluded: [],
      token: 'nobody waits',
      executionName: 'none',
      ...fields,
    };
  });
  await Promise.all(items.map((task) => client.send(new PutCommand({ TableName, Item: entityItem('task', task) }))));
  client.destroy();
}
