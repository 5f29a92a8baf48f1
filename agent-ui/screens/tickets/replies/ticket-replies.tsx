import { Button, Group, Text } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { useState } from 'react'
import type { ReplyEvidence } from '#contract/casework/process.ts'
import type { Ticket } from '#contract/tickets.ts'
import { Panel } from '../../../components/panel.tsx'
import { Tone } from '../../../components/tone.tsx'
import { useTranslation } from '../../../i18n/translation.tsx'
import { openComposer } from '../../../wanted.ts'
import { formatDateTime } from '../../../state/local-time.ts'
import { mayDo } from '../../../state/permissions.ts'
import { overridesOf, showsReplies } from '../../../state/replies.ts'
import { ChannelForm } from './channel-form.tsx'
import classes from '../ticket.module.css'

/** On which channel the customer is answered, what was done, and what of it is evidence. */
export function TicketReplies({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  if (!showsReplies(ticket)) return null
  const overrides = overridesOf(ticket)
  const isEmpty = ticket.evidence.length === 0 && overrides.length === 0
  return (
    <Panel title={t('replies.title')} flush>
      <div className={classes.item}>
        <ChannelLine ticket={ticket} />
        {mayDo(ticket, 'note_reply') && <Forms ticket={ticket} />}
        {isEmpty && (
          <Text size="sm" c="dimmed">
            {t('replies.none')}
          </Text>
        )}
      </div>
      <ol className={classes.list}>
        {overrides.map(({ id, at, actor, reason }) => (
          <li key={id} className={classes.item}>
            <div className={classes.itemHead}>
              <Tone tone="warn">{t('replies.overridden')}</Tone>
              <span className={`${classes.dim} numeric`}>{formatDateTime(at)}</span>
            </div>
            <div className="wrap-anywhere">{reason}</div>
            <div className={classes.dim}>{actor?.displayName ?? t('timeline.system')}</div>
          </li>
        ))}
        {ticket.evidence.toReversed().map((one) => (
          <Evidence key={`${one.kind}.${one.at}.${one.reference}`} evidence={one} />
        ))}
      </ol>
    </Panel>
  )
}

function ChannelLine({ ticket: { replyChannel } }: { ticket: Ticket }) {
  const { t } = useTranslation()
  const channel = t(`channel.${replyChannel.channel}`)
  const { agreedBy: name } = replyChannel
  return (
    <>
      <div>
        {name === null ? t('replies.on', { channel }) : t('replies.agreed', { channel, name })}
      </div>
      {replyChannel.channel === 'hotline' && (
        <div className={classes.dim}>{t('replies.hotlineHint')}</div>
      )}
    </>
  )
}

function Evidence({ evidence }: { evidence: ReplyEvidence }) {
  const { t } = useTranslation()
  const { kind, channel, at, reference, by, counts } = evidence
  const details = [
    t(`channel.${channel}`),
    reference === '' ? null : t('replies.reference', { reference }),
    by?.displayName ?? null,
  ].filter((one) => one !== null)
  return (
    <li className={classes.item}>
      <div className={classes.itemHead}>
        <span>
          <strong>{t(`replies.kind.${kind}`)}</strong>{' '}
          {counts && (
            <Tone tone="ok" icon={<IconCircleCheck size={14} aria-hidden />}>
              {t('replies.counts')}
            </Tone>
          )}
        </span>
        <span className={`${classes.dim} numeric`}>{formatDateTime(at)}</span>
      </div>
      <div className={`${classes.dim} wrap-anywhere`}>{details.join(' · ')}</div>
    </li>
  )
}

/** The answer itself is written in the composer. */
function Forms({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  const [form, setForm] = useState<'never' | 'open' | 'closed'>('never')
  if (form === 'open') return <ChannelForm ticket={ticket} onClose={() => setForm('closed')} />
  return (
    <Group gap="xs" mt={6}>
      <Button size="xs" variant="default" onClick={() => openComposer(ticket.id, 'reply')}>
        {t('replies.add')}
      </Button>
      <Button
        size="xs"
        variant="default"
        // the keyboard comes back to where the form was opened
        autoFocus={form === 'closed'}
        onClick={() => setForm('open')}
      >
        {t('replies.agree')}
      </Button>
    </Group>
  )
}
