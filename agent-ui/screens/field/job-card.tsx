import { Button } from '@mantine/core'
import { IconCloudUp, IconMapPin, IconPhone } from '@tabler/icons-react'
import { useState } from 'react'
import type { ActionOffer } from '#contract/casework/process.ts'
import type { Ticket, TicketRow } from '#contract/tickets.ts'
import { ClockBar } from '../../components/clock-bar.tsx'
import { OrderButton } from '../../components/order-button.tsx'
import { Tone } from '../../components/tone.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { useOutbox } from '../../outbox.ts'
import { usePhotos } from '../../photo-outbox.ts'
import { useUser } from '../../session.ts'
import { isPicture } from '../../state/file-text.ts'
import { mapLink, notedAt } from '../../state/field-jobs.ts'
import { formatTime } from '../../state/local-time.ts'
import { usePlaceCall } from '../work/use-place-call.ts'
import { FieldStep } from './field-step.tsx'
import { JobHead } from './job-head.tsx'
import { PhotoButton } from './photo-button.tsx'
import { useDeedText } from './outbox-strip.tsx'
import { useDo } from './use-do.ts'
import classes from './field.module.css'

interface JobProps {
  row: TicketRow
  /** All of it; undefined until it is read. */
  ticket: Ticket | undefined
}

/** One job: when, where, what is broken, how long there is, and what can be done about it. */
export function JobCard({ row, ticket }: JobProps) {
  const { t } = useTranslation()
  const unsent = useOutbox().filter(
    ({ ticketId, refusal }) => ticketId === row.id && refusal === null,
  )
  const deedText = useDeedText()
  const call = usePlaceCall()
  const moves = unsent.some(({ step }) => step.kind === 'act')
  return (
    <article className={classes.card} aria-label={row.code}>
      <JobHead row={row} />
      <ClockBar clock={row.stageClock} />
      {ticket && <Where ticket={ticket} />}
      {unsent.map((entry) => (
        <Tone key={entry.id} tone="warn" icon={<IconCloudUp size={14} aria-hidden />}>
          {t('fieldPage.notYet', { what: deedText(entry) })}
        </Tone>
      ))}
      <Photos row={row} ticket={ticket} />
      <div className={classes.buttons}>
        <OrderButton
          needs="pbx"
          size="md"
          variant="default"
          className={classes.big ?? ''}
          leftSection={<IconPhone size={20} aria-hidden />}
          loading={call.isPending}
          onClick={() => call.place({ ticketId: row.id })}
        >
          {t('work.call')}
        </OrderButton>
        {ticket?.files.mayAdd === true && <PhotoButton row={row} />}
        {ticket && !moves && <Steps ticket={ticket} />}
      </div>
    </article>
  )
}

/** How many photos the ticket has, and how many wait on this phone. */
function Photos({ row, ticket }: JobProps) {
  const { t } = useTranslation()
  const unsent = usePhotos().filter(
    ({ ticketId, refusal }) => ticketId === row.id && refusal === null,
  )
  const sent = ticket?.files.items.filter(isPicture) ?? []
  return (
    <>
      {sent.length > 0 && (
        <div className={classes.dim}>{t('fieldPage.photos', { count: sent.length })}</div>
      )}
      {unsent.length > 0 && (
        <Tone tone="warn" icon={<IconCloudUp size={14} aria-hidden />}>
          {t('fieldPage.photosUnsent', { count: unsent.length })}
        </Tone>
      )}
    </>
  )
}

/** The address leads to the maps of this device. */
function Where({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  const address = ticket.address ?? ticket.contract?.installationAddress ?? ticket.customer?.address
  return (
    <>
      {ticket.description !== '' && <p className={classes.words}>{ticket.description}</p>}
      {address ? (
        <a
          className={classes.address}
          href={mapLink(address, navigator.userAgent)}
          target="_blank"
          rel="noreferrer"
          aria-label={t('fieldPage.mapOf', { address })}
        >
          <IconMapPin size={20} aria-hidden />
          {address}
        </a>
      ) : (
        <p className={classes.words}>{t('fieldPage.noAddress')}</p>
      )}
      {ticket.contact.name !== null && (
        <div className={classes.dim}>{t('fieldPage.contact', { name: ticket.contact.name })}</div>
      )}
    </>
  )
}

/** What the process offers a technician here; the way there is a note, which moves nothing. */
function Steps({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  const { id } = useUser()
  const deed = useDo()
  const [open, setOpen] = useState<ActionOffer | null>(null)
  const offer = (action: ActionOffer['action']) =>
    ticket.actions.find((one) => one.action === action)
  const { version } = ticket
  const done = offer('field_done')
  const failed = offer('field_failed')
  return (
    <>
      {offer('accept') && (
        <Button
          size="md"
          className={classes.big ?? ''}
          onClick={() =>
            deed(ticket, { kind: 'act', action: 'accept', version, input: { staffId: id } })
          }
        >
          {t('action.accept')}
        </Button>
      )}
      {done && <OnTheWay ticket={ticket} />}
      {failed && (
        <Button
          size="md"
          variant="default"
          className={`${classes.big} ${classes.wide}`}
          onClick={() => setOpen(failed)}
        >
          {t('fieldPage.cannot')}
        </Button>
      )}
      {done && (
        <Button
          size="md"
          className={`${classes.big} ${classes.wide}`}
          onClick={() => setOpen(done)}
        >
          {t('fieldPage.done')}
        </Button>
      )}
      {open && <FieldStep ticket={ticket} offer={open} onClose={() => setOpen(null)} />}
    </>
  )
}

/** On the way, then there: said once each in this round, and seen by NOC on the timeline. */
function OnTheWay({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  const { id } = useUser()
  const deed = useDo()
  const unsent = useOutbox()
  const isKept = (note: string) =>
    unsent.some(
      ({ ticketId, step }) => ticketId === ticket.id && step.kind === 'note' && step.note === note,
    )
  return [t('fieldPage.onTheWay'), t('fieldPage.there')].map((note) => {
    const at = notedAt(ticket, note, id)
    return (
      <Button
        key={note}
        size="md"
        variant="default"
        className={classes.big ?? ''}
        disabled={at !== null || isKept(note)}
        onClick={() => deed(ticket, { kind: 'note', note })}
      >
        {at === null ? note : `${note} ${formatTime(at)}`}
      </Button>
    )
  })
}
