import { Table } from '@mantine/core'
import type { ImportPreview } from '#contract/customer-import.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { ImportFaultRows } from './import-faults.tsx'

/** What each column of the file is taken for, with its first values. */
export function ImportPreviewTable({ preview }: { preview: ImportPreview }) {
  const { t } = useTranslation()
  return (
    <Table.ScrollContainer minWidth={600}>
      <Table verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('imports.column')}</Table.Th>
            <Table.Th>{t('imports.field')}</Table.Th>
            <Table.Th>{t('imports.sample')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {preview.columns.map(({ header, field, part }, index) => (
            <Table.Tr key={`${header} ${index}`}>
              <Table.Td>{header}</Table.Td>
              <Table.Td>
                {field === null
                  ? t('imports.ignored')
                  : `${t(`imports.fieldName.${field}`)}${part > 1 ? ` ${part}` : ''}`}
              </Table.Td>
              <Table.Td className="wrap-anywhere">
                {preview.rows
                  .slice(0, 3)
                  .map((row) => row[index] ?? '')
                  .filter(Boolean)
                  .join(' · ')}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {preview.faults.length > 0 && <ImportFaultRows faults={preview.faults} />}
    </Table.ScrollContainer>
  )
}
