import { Menu } from '@mantine/core'
import { IconDownload, IconPrinter } from '@tabler/icons-react'
import type { Ticket } from '#contract/tickets.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { addressOf } from '../../request.ts'
import { MoreMenu } from '../../components/more-menu.tsx'

/** What is seldom done with a ticket as a whole. */
export function TicketMenu({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  return (
    <MoreMenu label={t('ticket.menu', { code: ticket.code })}>
      <Menu.Item
        leftSection={<IconPrinter size={16} aria-hidden />}
        // once the menu is closed: it is no part of the paper
        onClick={() => setTimeout(() => window.print())}
      >
        {t('ticket.print')}
      </Menu.Item>
      <Menu.Item
        component="a"
        href={addressOf(`/tickets/${ticket.id}/export`)}
        download
        leftSection={<IconDownload size={16} aria-hidden />}
      >
        {t('ticket.export')}
      </Menu.Item>
    </MoreMenu>
  )
}
