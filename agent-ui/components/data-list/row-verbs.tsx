import { Button, Group, Menu } from '@mantine/core'
import { useTranslation } from '../../i18n/translation.tsx'
import { MoreMenu } from '../more-menu.tsx'
import { OrderButton } from '../order-button.tsx'
import type { RowVerb } from './list-types.ts'

interface VerbsProps {
  /** The row in words. */
  name: string
  verbs: readonly RowVerb[]
  size?: 'compact-xs' | 'md'
}

/** What can be done to a row: the main thing as a button, the rest behind three dots. */
export function RowVerbs({ name, verbs, size = 'compact-xs' }: VerbsProps) {
  const { t } = useTranslation()
  const main = verbs.find((verb) => verb.main)
  const rest = verbs.filter((verb) => verb !== main)
  if (verbs.length === 0) return null
  const face = main && {
    size,
    variant: 'default',
    title: main.key?.toUpperCase(),
    'aria-label': t('list.verbFor', { verb: main.label, name }),
    onClick: main.run,
    children: main.label,
  }
  return (
    <Group gap={6} wrap="nowrap" justify="flex-end">
      {face && (main.needs ? <OrderButton needs={main.needs} {...face} /> : <Button {...face} />)}
      {rest.length > 0 && (
        <MoreMenu label={t('list.moreFor', { name })}>
          {rest.map(({ id, label, key, run }) => (
            <Menu.Item key={id} rightSection={key?.toUpperCase()} onClick={run}>
              {label}
            </Menu.Item>
          ))}
        </MoreMenu>
      )}
    </Group>
  )
}
