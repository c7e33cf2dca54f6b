import type { Subject } from '../domain/subject.ts';
import type { Sight } from './task.ts';

type Asked = { readonly once: 'hire' | 'leaving' | 'move' | 'run'; readonly template: string };

/**
 * What makes a mail the same mail: told twice about one occasion it is sent once, whichever run tells it. A move is told by where the person is afterwards, and by the move that was told of
 * before, so that going there a second time is told again.
 */
export async function occasionOf({ once, template }: Asked, subject: Subject, sight: Sight): Promise<string> {
  const { worker } = subject;
  switch (once) {
    case 'hire':
      return worker.hireDate;
    case 'leaving':
      return `leaving/${worker.hireDate}/${worker.accessEnds ?? worker.lastDay ?? 'now'}`;
    case 'move': {
      const place = JSON.stringify([
        worker.department,
        worker.jobTitle,
        worker.jobCode,
        worker.location?.code,
        worker.company,
        worker.managerId,
      ]);
      return `move/${place}/${await toldBefore(template, place, sight)}`;
    }
    case 'run':
      return `run/${sight.run?.id ?? 'plan'}`;
  }
}

/** The last mail of this template that told of another place; its change is the mark. */
async function toldBefore(template: string, place: string, sight: Sight): Promise<string> {
  const earlier = (await sight.pastChanges()).find(
    ({ change }) => change.do === 'send' && change.input['template'] === template && !change.key.includes(`/move/${place}/`),
  );
  return earlier?.changeId.slice(0, 12) ?? 'first';
}
