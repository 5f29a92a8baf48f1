import { IconEye, IconPencil } from '@tabler/icons-react'
import { useLayoutEffect } from 'react'
import { Tone } from '../../components/tone.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { useTicketPresence } from '../../presence.ts'

interface WhoProps {
  ticketId: string
  isOn: boolean
  /** Gets what to call when somebody types on the ticket. */
  typed: { current: () => void }
}

/** Who else has this ticket in front now, and who of them writes on it. */
export function WhoIsHere({ ticketId, isOn, typed: typedHere }: WhoProps) {
  const { t } = useTranslation()
  const presence = useTicketPresence(ticketId, isOn)
  useLayoutEffect(() => {
    typedHere.current = presence.typed
  })
  const namesOf = (isTyping: boolean) =>
    presence.others
      .filter((one) => one.isTyping === isTyping)
      .map(({ displayName }) => displayName)
      .join(', ')
  const [typing, looking] = [namesOf(true), namesOf(false)]
  return (
    <span role="status" className="no-print">
      {typing !== '' && (
        <Tone tone="warn" icon={<IconPencil size={14} aria-hidden />}>
          {t('presence.typing', { names: typing })}
        </Tone>
      )}
      {looking !== '' && (
        <Tone tone="calm" icon={<IconEye size={14} aria-hidden />}>
          {t('presence.looking', { names: looking })}
        </Tone>
      )}
    </span>
  )
}
