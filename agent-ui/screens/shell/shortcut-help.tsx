import { Kbd, Modal, Table, Text } from '@mantine/core'
import { useKeyedActions } from '../../actions.ts'
import { useTranslation } from '../../i18n/translation.tsx'

const IN_FORMS = [
  ['Ctrl+Enter', 'save'],
  ['Esc', 'leave'],
] as const

/** What has a key on this screen at this moment, read from the actions themselves. */
export function ShortcutHelp({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('shortcuts.title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Table>
        <Table.Tbody>
          <ActionKeys />
          {IN_FORMS.map(([keys, what]) => (
            <KeyRow key={keys} keys={keys} label={t(`shortcuts.${what}`)} />
          ))}
        </Table.Tbody>
      </Table>
      <Text size="sm" c="dimmed" mt="sm">
        {t('shortcuts.note')}
      </Text>
    </Modal>
  )
}

function ActionKeys() {
  return useKeyedActions().map(({ id, keys, label }) => (
    <KeyRow key={id} keys={keys ?? ''} label={label} />
  ))
}

function KeyRow({ keys, label }: { keys: string; label: string }) {
  return (
    <Table.Tr>
      <Table.Td w={110}>
        <Kbd>{keys}</Kbd>
      </Table.Td>
      <Table.Td>{label}</Table.Td>
    </Table.Tr>
  )
}
