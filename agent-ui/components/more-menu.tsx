import { ActionIcon, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import type { ReactNode } from 'react'

interface MoreMenuProps {
  /** What it offers and for which thing, for who does not see the dots. */
  label: string
  hasFocus?: boolean
  /** `Menu.Item`s. */
  children: ReactNode
}

/** The seldom actions of a line, behind three dots. */
export function MoreMenu({ label, hasFocus = false, children }: MoreMenuProps) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon autoFocus={hasFocus} size="sm" variant="subtle" color="gray" aria-label={label}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  )
}
