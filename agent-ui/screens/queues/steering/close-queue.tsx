import { Button } from '@mantine/core'
import { IconPhoneOff } from '@tabler/icons-react'
import { useState } from 'react'
import type { LiveQueue } from '#contract/queues.ts'
import { useTranslation } from '../../../i18n/translation.tsx'
import { steeringApi } from '../../../steering-api.ts'
import { ActDialog } from './act-dialog.tsx'
import { useWhyNot } from './act-item.tsx'

/** Everybody who waits is promised a callback; there while somebody waits on the line. */
export function CloseQueue({ queue }: { queue: LiveQueue }) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const why = useWhyNot('close', queue.pbxId)
  const order = async (reason: string) => {
    const { promised, stayed, unheard } = await steeringApi.close(queue.name, reason)
    return [
      t('steering.closed', { promised }),
      ...(stayed > 0 ? [t('steering.closedStayed', { count: stayed })] : []),
      ...(unheard > 0 ? [t('steering.closedUnheard', { count: unheard })] : []),
    ].join(' ')
  }
  return (
    <>
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<IconPhoneOff size={14} aria-hidden />}
        disabled={why !== null}
        title={why ?? undefined}
        onClick={() => setOpen(true)}
      >
        {t('steering.act.close')}
      </Button>
      {isOpen && (
        <ActDialog
          act="close"
          pbxId={queue.pbxId}
          about={queue.name}
          order={order}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}
