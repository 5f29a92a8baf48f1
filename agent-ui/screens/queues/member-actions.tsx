import { ActionIcon, Button, Group, Popover, Text, TextInput, Tooltip } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay, IconUserMinus, IconUserPlus } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { FormEvent, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { LiveQueue, MemberCommand, QueueMember } from '#contract/queues.ts'
import { api } from '../../api.ts'
import { notifyDone, notifyFailure } from '../../components/failure.tsx'

interface Order {
  extension: string
  command: MemberCommand
}

/** The row changes when the PBX says so, not when the button is pressed. */
function useMemberCommand(queue: LiveQueue) {
  const { t } = useTranslation()
  return useMutation({
    mutationFn: ({ extension, command }: Order) => api.member(queue.name, extension, command),
    onSuccess: () => notifyDone(t('queues.sent')),
    onError: notifyFailure,
  })
}

export function MemberActions({ queue, member }: { queue: LiveQueue; member: QueueMember }) {
  const { t } = useTranslation()
  const order = useMemberCommand(queue)
  const name = member.displayName
  const send = (command: MemberCommand) => order.mutate({ extension: member.extension, command })
  // a pause during a call shows as its reason only
  const isPaused = member.state === 'paused' || member.pauseReason !== null
  return (
    <Group gap={2} justify="flex-end" wrap="nowrap">
      <CommandButton
        label={isPaused ? t('queues.resumeOf', { name }) : t('queues.pauseOf', { name })}
        isBusy={order.isPending}
        onClick={() => send({ paused: !isPaused })}
      >
        {isPaused ? <IconPlayerPlay size={16} /> : <IconPlayerPause size={16} />}
      </CommandButton>
      <RemoveMember name={name} isBusy={order.isPending} onRemove={() => send({ member: false })} />
    </Group>
  )
}

interface CommandButtonProps {
  label: string
  isBusy: boolean
  onClick: () => void
  children: ReactNode
}

function CommandButton({ label, isBusy, onClick, children }: CommandButtonProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={label}
        loading={isBusy}
        onClick={onClick}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  )
}

interface RemoveProps {
  name: string
  isBusy: boolean
  onRemove: () => void
}

function RemoveMember({ name, isBusy, onRemove }: RemoveProps) {
  const { t } = useTranslation()
  const [isAsking, setAsking] = useState(false)
  const confirm = () => {
    setAsking(false)
    onRemove()
  }
  return (
    <Popover opened={isAsking} onChange={setAsking} position="bottom-end" trapFocus>
      <Popover.Target>
        <span>
          <CommandButton
            label={t('queues.removeOf', { name })}
            isBusy={isBusy}
            onClick={() => setAsking(true)}
          >
            <IconUserMinus size={16} />
          </CommandButton>
        </span>
      </Popover.Target>
      <Popover.Dropdown>
        <Text size="sm" mb="xs">
          {t('queues.confirmRemove', { name })}
        </Text>
        <Group gap="xs" justify="flex-end">
          <Button size="xs" variant="default" onClick={() => setAsking(false)}>
            {t('common.cancel')}
          </Button>
          <Button size="xs" color="red.9" onClick={confirm}>
            {t('queues.remove')}
          </Button>
        </Group>
      </Popover.Dropdown>
    </Popover>
  )
}

export function AddMember({ queue }: { queue: LiveQueue }) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const [extension, setExtension] = useState('')
  const order = useMemberCommand(queue)
  const isRight = /^\d{2,6}$/.test(extension)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!isRight) return
    order.mutate({ extension, command: { member: true } }, { onSuccess: () => setOpen(false) })
    setExtension('')
  }
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" trapFocus>
      <Popover.Target>
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconUserPlus size={14} aria-hidden />}
          onClick={() => setOpen(!isOpen)}
        >
          {t('queues.add')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form onSubmit={submit} aria-label={t('queues.add')}>
          <Group gap="xs" align="flex-end">
            <TextInput
              size="xs"
              w={110}
              label={t('queues.addExtension')}
              inputMode="numeric"
              placeholder="101"
              value={extension}
              onChange={(event) => setExtension(event.currentTarget.value.trim())}
            />
            <Button size="xs" type="submit" disabled={!isRight} loading={order.isPending}>
              {t('queues.add')}
            </Button>
          </Group>
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}
