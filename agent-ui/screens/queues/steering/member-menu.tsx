import { NumberInput } from '@mantine/core'
import { useState } from 'react'
import type { LiveQueue, QueueMember } from '#contract/queues.ts'
import { MoreMenu } from '../../../components/more-menu.tsx'
import { useTranslation } from '../../../i18n/translation.tsx'
import type { SteeringAct } from '../../../state/steering.ts'
import { steeringApi } from '../../../steering-api.ts'
import { ActDialog } from './act-dialog.tsx'
import { ActItem } from './act-item.tsx'

interface MemberMenuProps {
  queue: LiveQueue
  member: QueueMember
}

const OF_CALL = ['listen', 'whisper', 'barge', 'take_over', 'end'] as const
const MOST_PENALTY = 99

/** What a supervisor can do to the call that a member talks on, and to their turn in the queue. */
export function MemberMenu({ queue, member }: MemberMenuProps) {
  const { t } = useTranslation()
  const [act, setAct] = useState<SteeringAct | null>(null)
  // of the call that it was asked for: the member may talk on the next one when it is pressed
  const [callId, setCallId] = useState<string | undefined>()
  const pick = (picked: SteeringAct) => {
    setCallId(member.callId)
    setAct(picked)
  }
  const close = () => setAct(null)
  const common = { pbxId: queue.pbxId, about: member.displayName, onClose: close }
  return (
    <>
      <MoreMenu label={t('steering.ofMember', { name: member.displayName })}>
        {member.callId !== undefined &&
          OF_CALL.map((one) => <ActItem key={one} act={one} pbxId={queue.pbxId} onPick={pick} />)}
        <ActItem act="penalty" pbxId={queue.pbxId} onPick={pick} />
      </MoreMenu>
      {act === 'penalty' && <PenaltyDialog {...common} queue={queue} member={member} />}
      {act !== null && act !== 'penalty' && callId !== undefined && (
        <CallAct {...common} act={act} callId={callId} extension={member.extension} />
      )}
    </>
  )
}

interface DialogProps {
  pbxId: string
  about: string
  onClose: () => void
}

function CallAct({
  act,
  callId,
  extension,
  ...dialog
}: DialogProps & { act: SteeringAct; callId: string; extension: string }) {
  const { t } = useTranslation()
  const isSpy = act === 'listen' || act === 'whisper' || act === 'barge'
  const order = async (reason: string) => {
    if (isSpy) {
      const why = reason === '' ? {} : { reason }
      await steeringApi.monitor(callId, { mode: act, extension, ...why })
      return t(`steering.done.${act}`)
    }
    if (act === 'take_over') {
      await steeringApi.takeOver(callId, reason)
      return t('steering.done.take_over')
    }
    await steeringApi.end(callId, reason)
    return t('steering.done.end')
  }
  return <ActDialog {...dialog} act={act} needsReason={!isSpy} order={order} />
}

function PenaltyDialog({ queue, member, ...dialog }: DialogProps & MemberMenuProps) {
  const { t } = useTranslation()
  const [penalty, setPenalty] = useState<number | string>(member.penalty ?? 0)
  const order = async (reason: string) => {
    const wanted = { penalty: Number(penalty), reason }
    await steeringApi.penalty(queue.name, member.extension, wanted)
    return t('steering.done.penalty')
  }
  return (
    <ActDialog {...dialog} act="penalty" isReady={typeof penalty === 'number'} order={order}>
      <NumberInput
        label={t('steering.newPenalty')}
        min={0}
        max={MOST_PENALTY}
        allowDecimal={false}
        clampBehavior="strict"
        value={penalty}
        onChange={setPenalty}
      />
    </ActDialog>
  )
}
