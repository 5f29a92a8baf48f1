import { Table, Text } from '@mantine/core'
import type { ImportFault, ImportReport } from '#contract/customer-import.ts'
import { fieldFaultText } from '../../components/failure.tsx'
import { useTranslation } from '../../i18n/translation.tsx'

/** Every bad line and why, as far as they are kept. */
export function ImportFaults({ report }: { report: ImportReport }) {
  const { t } = useTranslation()
  const { faults, faultCount } = report
  if (faults.length === 0) return null
  return (
    <>
      {faults.length < faultCount && (
        <Text size="sm">
          {t('imports.firstFaults', { shown: faults.length, count: faultCount })}
        </Text>
      )}
      <ImportFaultRows faults={faults} />
    </>
  )
}

export function ImportFaultRows({ faults }: { faults: readonly ImportFault[] }) {
  const { t } = useTranslation()
  return (
    <div style={{ maxHeight: 420, overflow: 'auto' }}>
      <Table verticalSpacing={2}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('imports.line')}</Table.Th>
            <Table.Th>{t('imports.faultColumn')}</Table.Th>
            <Table.Th>{t('imports.value')}</Table.Th>
            <Table.Th>{t('imports.fault')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {faults.map((fault) => (
            <Table.Tr key={`${fault.line} ${fault.column} ${fault.code}`}>
              <Table.Td className="numeric">{fault.line}</Table.Td>
              <Table.Td>{fault.column}</Table.Td>
              <Table.Td className="wrap-anywhere">{fault.value}</Table.Td>
              <Table.Td>{fieldFaultText({ path: fault.column, ...fault })}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}
