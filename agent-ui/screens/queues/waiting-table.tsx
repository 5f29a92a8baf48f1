import { Table } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { LiveQueue } from '#contract/queues.ts'
import { Empty } from '../../components/failure.tsx'
import { Panel } from '../../components/panel.tsx'
import { Elapsed } from '../../components/timers.tsx'
import { CallerMenu } from './steering/caller-menu.tsx'
import { CloseQueue } from './steering/close-queue.tsx'
import classes from './queues.module.css'

export function WaitingTable({ queue }: { queue: LiveQueue }) {
  const { t } = useTranslation()
  const callers = queue.waiting.toSorted((a, b) => a.position - b.position)
  return (
    <Panel
      title={t('queues.waiting')}
      flush
      aside={callers.some(({ isPlace }) => !isPlace) && <CloseQueue queue={queue} />}
    >
      {callers.length === 0 ? (
        <Empty title={t('queues.noWaiting')} />
      ) : (
        <Table verticalSpacing={5}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th w={60}>{t('queues.position')}</Table.Th>
              <Table.Th>{t('queues.caller')}</Table.Th>
              <Table.Th className={classes.right ?? ''}>{t('queues.wait')}</Table.Th>
              <Table.Th className={classes.right ?? ''}>{t('common.actions')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {callers.map((caller) => (
              <Table.Tr key={caller.uniqueid}>
                <Table.Td className="numeric">{caller.position}</Table.Td>
                <Table.Td>
                  <strong className="numeric">
                    {caller.number.kind === 'anonymous'
                      ? t('incoming.hidden')
                      : caller.number.display}
                  </strong>
                  {caller.isPlace && <div className={classes.dim}>{t('queues.place')}</div>}
                  {caller.customerName && <div className={classes.dim}>{caller.customerName}</div>}
                </Table.Td>
                <Table.Td className={classes.right ?? ''}>
                  <Elapsed since={caller.joinedAt} />
                </Table.Td>
                <Table.Td className={classes.right ?? ''}>
                  <CallerMenu queue={queue} caller={caller} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Panel>
  )
}
