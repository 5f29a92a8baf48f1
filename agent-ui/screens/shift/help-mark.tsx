import { IconLifebuoy } from '@tabler/icons-react'
import { OrderButton } from '../../components/order-button.tsx'
import { Elapsed } from '../../components/timers.tsx'
import { Tone } from '../../components/tone.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { useAsking } from './help-strip.tsx'
import { useTakeHelp } from './use-help.ts'

/** At a member of the board: whether they ask for help, since when, and who comes. */
export function HelpMark({ extension }: { extension: string }) {
  const { t } = useTranslation()
  const take = useTakeHelp()
  const help = useAsking().find(({ agent }) => agent.extension === extension)
  if (help === undefined) return null
  const { takenBy } = help
  return (
    <div data-testid={`help-mark-${extension}`}>
      <Tone tone={takenBy === null ? 'bad' : 'busy'} icon={<IconLifebuoy size={14} aria-hidden />}>
        {takenBy === null ? t('help.ask') : t('help.coming', { name: takenBy.displayName })}{' '}
        <Elapsed since={help.askedAt} label={t('help.since')} />
      </Tone>{' '}
      {takenBy === null && (
        <OrderButton
          size="compact-xs"
          variant="default"
          loading={take.isPending}
          onClick={() => take.mutate(help.id)}
        >
          {t('help.take')}
        </OrderButton>
      )}
    </div>
  )
}
