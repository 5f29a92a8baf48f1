import { IconEye, IconPencil } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { TicketPresence } from '#contract/casework/presence.ts'
import { Tone } from '../../components/tone.tsx'

/** Who else has this ticket in front now, and who of them writes on it. */
export function WhoIsHere({ others }: { others: TicketPresence['people'] }) {
  const { t } = useTranslation()
  const namesOf = (isTyping: boolean) =>
    others
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
