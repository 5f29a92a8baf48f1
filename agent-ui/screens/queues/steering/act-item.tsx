import { Menu, Text } from '@mantine/core'
import { useTranslation } from '../../../i18n/translation.tsx'
import { useLive } from '../../../live-store.ts'
import { useUser } from '../../../session.ts'
import { lackOf, RINGS_OWN_PHONE } from '../../../state/steering.ts'
import type { SteeringAct } from '../../../state/steering.ts'

interface ActItemProps {
  act: SteeringAct
  pbxId: string
  onPick: (act: SteeringAct) => void
}

/** One act of a menu; where it cannot be done it says why instead. */
export function ActItem({ act, pbxId, onPick }: ActItemProps) {
  const { t } = useTranslation()
  const why = useWhyNot(act, pbxId)
  return (
    <Menu.Item
      disabled={why !== null}
      {...(act === 'end' ? { color: 'red.9' } : {})}
      onClick={() => onPick(act)}
    >
      {t(`steering.act.${act}`)}
      {why !== null && (
        <Text size="xs" c="dimmed">
          {why}
        </Text>
      )}
    </Menu.Item>
  )
}

/** In the reader's language, why this cannot be done there by them; null when it can. */
export function useWhyNot(act: SteeringAct, pbxId: string): string | null {
  const { t } = useTranslation()
  const { extension } = useUser()
  const lack = useLive(({ pbx }) =>
    lackOf(
      act,
      pbx.find((one) => one.pbxId === pbxId),
    ),
  )
  if (lack !== null) return t(`steering.lacks.${lack}`)
  return extension === null && RINGS_OWN_PHONE.has(act) ? t('steering.noPhone') : null
}
