import { Button, Group, Menu, Text } from '@mantine/core'
import { IconAlertTriangle, IconChevronDown, IconCircleCheck } from '@tabler/icons-react'
import { useState } from 'react'
import type { ActionOffer } from '#contract/casework/process.ts'
import type { Ticket } from '#contract/tickets.ts'
import { useActions, useKeysOf } from '../../../actions.ts'
import { Later } from '../../../components/later.tsx'
import { Tone } from '../../../components/tone.tsx'
import { useTranslation } from '../../../i18n/translation.tsx'
import { useUser } from '../../../session.ts'
import { handOvers } from '../../../state/composer.ts'
import { useWantedStep } from '../../../wanted.ts'
import { hasAnswer } from '../../../state/replies.ts'
import { idleReason } from '../../../state/ticket-reading.ts'
import { actionsId, focusActions } from './action-bar-focus.ts'
import { ActionForm } from './action-form.tsx'
import { guidanceId } from './guidance-panel.tsx'
import classes from './process.module.css'

/**
 * Guidance has a form of its own beside the checklist, merging one beside the other open tickets;
 * handing on is written in the composer.
 */
const ELSEWHERE: readonly ActionOffer['action'][] = ['save_guidance', 'merge']

/** What this person may do with the ticket now: the main step as a button, the rest in a menu. */
export function ActionBar({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState<ActionOffer['action'] | null>(null)
  const [isMenuOpen, setMenuOpen] = useState(false)
  const { isGuiding, handing, offers } = stepsOf(ticket)
  const main = offers.find((offer) => offer.main)
  const rest = offers.filter((offer) => offer !== main)
  const open = offers.find(({ action }) => action === chosen)
  const take = (action: ActionOffer['action'] | null) =>
    action === 'save_guidance' ? showGuidance(ticket.id) : setChosen(action)
  useWantedStep(ticket.id, take)
  const close = () => {
    setChosen(null)
    // the keyboard comes back to where the form was opened
    requestAnimationFrame(() => focusActions(ticket.id))
  }
  useActions([
    {
      id: 'ticket.main',
      keys: 'Alt+N',
      label: isGuiding ? t('guidance.title') : main ? t(`action.${main.action}`) : '',
      when: isGuiding || main !== undefined,
      run: () => take(isGuiding ? 'save_guidance' : (main?.action ?? null)),
    },
    {
      id: 'ticket.more',
      keys: 'Alt+M',
      label: t('process.more'),
      when: rest.length > 0,
      run: () => setMenuOpen(true),
    },
  ])
  const keys = useKeysOf('ticket.main')
  if (offers.length === 0 && !isGuiding) {
    return handing.length > 0 ? null : <NoSteps ticket={ticket} />
  }
  return (
    <div id={actionsId(ticket.id)} role="group" aria-label={t('process.actions')}>
      <Group gap="xs" className={classes.actions ?? ''}>
        {isGuiding && (
          <Button size="xs" title={keys} onClick={() => showGuidance(ticket.id)}>
            {t('guidance.title')} ↓
          </Button>
        )}
        {main && (
          <Button size="xs" title={keys} onClick={() => setChosen(main.action)}>
            {t(`action.${main.action}`)}
          </Button>
        )}
        {rest.length > 0 && (
          <Later>
            <OtherSteps
              offers={rest}
              isOpen={isMenuOpen}
              onOpen={setMenuOpen}
              onChoose={setChosen}
            />
          </Later>
        )}
        <AnswerMark ticket={ticket} />
      </Group>
      {open && <ActionForm key={open.action} ticket={ticket} offer={open} onClose={close} />}
    </div>
  )
}

/** The steps that stand here, those that the composer has, and whether the checklist is what leads on. */
function stepsOf(ticket: Ticket) {
  const handing = handOvers(ticket)
  return {
    handing,
    isGuiding: ticket.actions.some(({ action, main }) => main && action === 'save_guidance'),
    offers: ticket.actions.filter(
      (offer) => !ELSEWHERE.includes(offer.action) && !handing.includes(offer),
    ),
  }
}

/** Beside the steps, so that it is seen also while a form is open. */
function AnswerMark({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  const isAnswered = hasAnswer(ticket)
  if (isAnswered === null) return null
  return isAnswered ? (
    <Tone tone="ok" icon={<IconCircleCheck size={14} aria-hidden />}>
      {t('replies.answered')}
    </Tone>
  ) : (
    <Tone tone="warn" icon={<IconAlertTriangle size={14} aria-hidden />}>
      {t('replies.unanswered')}
    </Tone>
  )
}

function NoSteps({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  const { role } = useUser()
  const reason = idleReason(ticket, role)
  if (reason === null) return null
  return (
    <Text size="sm" c="dimmed">
      {t(`process.noActions.${reason}`, { team: t(`teamKind.${ticket.team}`) })}
    </Text>
  )
}

/** The checklist stands below the form: it comes onto the screen with the focus on its first step. */
function showGuidance(ticketId: string): void {
  const panel = document.getElementById(guidanceId(ticketId))
  panel?.scrollIntoView({ block: 'start' })
  panel?.querySelector('button')?.focus({ preventScroll: true })
}

interface OtherStepsProps {
  offers: readonly ActionOffer[]
  isOpen: boolean
  onOpen: (isOpen: boolean) => void
  onChoose: (action: ActionOffer['action']) => void
}

function OtherSteps({ offers, isOpen, onOpen, onChoose }: OtherStepsProps) {
  const { t } = useTranslation()
  const keys = useKeysOf('ticket.more')
  return (
    <Menu position="bottom-start" opened={isOpen} onChange={onOpen}>
      <Menu.Target>
        <Button
          size="xs"
          variant="default"
          title={keys}
          rightSection={<IconChevronDown size={14} aria-hidden />}
        >
          {t('process.more')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {offers.map(({ action }) => (
          <Menu.Item key={action} onClick={() => onChoose(action)}>
            {t(`action.${action}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
