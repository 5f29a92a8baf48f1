import { ActionIcon } from '@mantine/core'
import { IconLifebuoy } from '@tabler/icons-react'
import { useAction, useKeysOf } from '../../actions.ts'
import { useWaits } from '../../components/waits.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { useOwnHelp } from './use-help.ts'

/** An agent's one key for a supervisor, on every screen and within fields. */
export function AskHelp() {
  const { t } = useTranslation()
  const { help, ask } = useOwnHelp()
  const { unless } = useWaits()
  const isAsked = help !== null || ask.isPending
  const run = () => {
    if (!isAsked) unless(() => ask.mutate())
  }
  useAction({ id: 'help.ask', keys: 'Alt+V', label: t('help.ask'), when: !isAsked, run })
  const keys = useKeysOf('help.ask')
  return (
    <ActionIcon
      variant={isAsked ? 'light' : 'subtle'}
      color={isAsked ? 'yellow.9' : 'gray'}
      aria-label={t('help.ask')}
      aria-disabled={isAsked}
      title={keys === undefined ? t('help.ask') : `${t('help.ask')} · ${keys}`}
      onClick={run}
    >
      <IconLifebuoy size={18} />
    </ActionIcon>
  )
}
