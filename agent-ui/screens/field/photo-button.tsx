import { Button } from '@mantine/core'
import { IconCamera } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import type { TicketRow } from '#contract/tickets.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { live } from '../../live-store.ts'
import { photoOutbox } from '../../photo-outbox.ts'
import { scalePhoto } from '../../scale-photo.ts'
import { say } from '../../components/say.ts'
import { useUser } from '../../session.ts'
import { formatDateTime } from '../../state/local-time.ts'
import classes from './field.module.css'

/** Takes a photo of the job with the camera, makes it smaller and keeps it until it is sent. */
export function PhotoButton({ row }: { row: Pick<TicketRow, 'id' | 'code'> }) {
  const { t } = useTranslation()
  const { id } = useUser()
  const input = useRef<HTMLInputElement>(null)
  const [isBusy, setBusy] = useState(false)
  const keep = async (taken: File) => {
    setBusy(true)
    try {
      await photoOutbox.keep(id, row, { name: nameOf(row.code), photo: await scalePhoto(taken) })
    } catch {
      say({ color: 'red.9', message: t('fieldPage.noRoom') })
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <Button
        size="md"
        variant="default"
        className={classes.big ?? ''}
        leftSection={<IconCamera size={20} aria-hidden />}
        loading={isBusy}
        onClick={() => input.current?.click()}
      >
        {t('fieldPage.photo')}
      </Button>
      <input
        ref={input}
        type="file"
        accept="image/*"
        capture="environment"
        hidden
        aria-label={t('fieldPage.photoOf', { code: row.code })}
        onChange={({ currentTarget }) => {
          const [taken] = currentTarget.files ?? []
          if (taken) void keep(taken)
          currentTarget.value = ''
        }}
      />
    </>
  )
}

/** `KN-2026-000123 28-11-2026 15.07.jpg` */
function nameOf(code: string): string {
  const at = formatDateTime(new Date(Date.now() + live.get().clockOffsetMs).toISOString())
  return `${code} ${at.replaceAll('/', '-').replaceAll(':', '.')}.jpg`
}
