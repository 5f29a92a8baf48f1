import { Button } from '@mantine/core'
import { IconAlertTriangle, IconPhotoUp } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from '../../i18n/translation.tsx'
import { useLive } from '../../live-store.ts'
import { photoOutbox, usePhotos } from '../../photo-outbox.ts'
import type { KeptPhoto } from '../../photo-shelf.ts'
import { queries, refresh } from '../../queries.ts'
import { useUser } from '../../session.ts'
import classes from './field.module.css'

/** A connection can be back without a word from the browser. */
const RETRY_MS = 10_000

/** Photos that the service does not have yet, or refused; they go after the deeds that wait. */
export function PhotoStrip({ mayGo }: { mayGo: boolean }) {
  const { t } = useTranslation()
  const photos = usePhotos()
  const waiting = photos.filter(({ refusal }) => refusal === null)
  useDelivery(waiting.length > 0 && mayGo)
  return (
    <>
      {waiting.length > 0 && (
        <div className={classes.unsent}>
          <IconPhotoUp size={18} aria-hidden />
          <strong>{t('fieldPage.photosUnsent', { count: waiting.length })}</strong>
        </div>
      )}
      {photos
        .filter(({ refusal }) => refusal !== null)
        .map((photo) => (
          <Refused key={photo.id} photo={photo} />
        ))}
    </>
  )
}

function Refused({ photo: { id, code, name, photo, refusal } }: { photo: KeptPhoto }) {
  const { t } = useTranslation()
  const { id: staffId } = useUser()
  const address = useAddressOf(id, photo)
  return (
    <div className={classes.refused}>
      <IconAlertTriangle size={18} aria-hidden />
      <span>
        <strong>{t('fieldPage.photoRefused', { code })}</strong> {refusal}
      </span>
      <Button
        component="a"
        size="xs"
        variant="default"
        className={classes.toEnd ?? ''}
        href={address}
        download={name}
        aria-label={t('fieldPage.savePhotoOf', { code })}
      >
        {t('fieldPage.savePhoto')}
      </Button>
      <Button
        size="xs"
        variant="default"
        className={classes.besides ?? ''}
        aria-label={t('fieldPage.dropPhotoOf', { code })}
        onClick={() => void photoOutbox.drop(staffId, id)}
      >
        {t('fieldPage.giveUp')}
      </Button>
    </div>
  )
}

/** Where the photo is opened in this page; the same for as long as it is shown. */
function useAddressOf(id: string, photo: Blob): string | undefined {
  const [address, setAddress] = useState<string>()
  useEffect(() => {
    const made = URL.createObjectURL(photo)
    setAddress(made)
    return () => URL.revokeObjectURL(made)
    // each reading of the shelf brings another blob of the same photo
  }, [id])
  return address
}

/** Reads what this person left unsent on the phone, and sends it whenever it can be. */
function useDelivery(hasWork: boolean): void {
  const client = useQueryClient()
  const { id: staffId } = useUser()
  const connection = useLive((live) => live.connection.status)
  useEffect(() => void photoOutbox.load(staffId), [staffId])
  useEffect(() => {
    if (!hasWork) return undefined
    const send = () =>
      void photoOutbox.send(staffId, ({ ticketId }) =>
        refresh(client, queries.ticket(ticketId).queryKey),
      )
    send()
    const timer = setInterval(send, RETRY_MS)
    addEventListener('online', send)
    return () => {
      clearInterval(timer)
      removeEventListener('online', send)
    }
  }, [hasWork, connection, staffId, client])
}
