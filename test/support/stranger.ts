import type { Lab } from '../../scripts/pbx-lab/lab.ts'

/** A channel that no customer and no order of the service made goes to `place`, until it is hung up. */
export async function sendStranger(lab: Lab, place: string): Promise<void> {
  const mark = lab.ami.mark()
  await lab.ami.send({
    Action: 'Originate',
    Channel: `Local/${place}/n`,
    Context: 'callback-hangup',
    Exten: 'done',
    Priority: '1',
    ChannelId: 'stranger-1',
    OtherChannelId: 'stranger-2',
    Async: 'true',
  })
  await lab.ami.waitFor({ Event: 'Hangup', Uniqueid: 'stranger-2' }, mark)
}
