import {
  ActionIcon,
  Button,
  Group,
  NativeSelect,
  Popover,
  Stack,
  Text,
  TextInput,
} from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay, IconUserMinus, IconUserPlus } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { FormEvent, ReactNode, Ref } from 'react'
import type { PauseReason } from '#contract/desk.ts'
import type { LiveQueue, MemberCommand, QueueMember } from '#contract/queues.ts'
import { api } from '../../api.ts'
import { notifyDone, notifyFailure } from '../../components/failure.tsx'
import { OrderButton } from '../../components/order-button.tsx'
import { useWaits } from '../../components/waits.ts'
import type { Waits } from '../../components/waits.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { PAUSE_REASONS } from '../../state/pause-reasons.ts'

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
  const waits = useWaits('pbx', queue.pbxId)
  const name = member.displayName
  const send = (command: MemberCommand) => order.mutate({ extension: member.extension, command })
  // a pause during a call shows as its reason only
  const isPaused = member.state === 'paused' || member.pauseReason !== null
  const common = { waits, isBusy: order.isPending }
  return (
    <Group gap={2} justify="flex-end" wrap="nowrap">
      {isPaused ? (
        <CommandButton
          {...common}
          label={t('queues.resumeOf', { name })}
          icon={<IconPlayerPlay size={16} />}
          onClick={() => send({ paused: false })}
        />
      ) : (
        <PauseMember {...common} name={name} onPause={(reason) => send({ paused: true, reason })} />
      )}
      <AskedCommand
        {...common}
        label={t('queues.removeOf', { name })}
        icon={<IconUserMinus size={16} />}
        confirm={t('queues.remove')}
        color="red.9"
        onConfirm={() => send({ member: false })}
      >
        <Text size="sm">{t('queues.confirmRemove', { name })}</Text>
      </AskedCommand>
    </Group>
  )
}

interface CommandProps {
  label: string
  icon: ReactNode
  isBusy: boolean
  waits: Waits
}

interface CommandButtonProps extends CommandProps {
  onClick: () => void
  ref?: Ref<HTMLButtonElement>
}

/** What a popover gives its target comes with it. */
function CommandButton({ label, icon, isBusy, waits, onClick, ...target }: CommandButtonProps) {
  const { why, unless } = waits
  return (
    <ActionIcon
      {...target}
      variant="subtle"
      color="gray"
      aria-label={label}
      title={why ?? label}
      loading={isBusy}
      {...(why === null ? {} : { 'aria-disabled': true, 'data-disabled': true })}
      onClick={() => unless(onClick)}
    >
      {icon}
    </ActionIcon>
  )
}

interface AskedProps extends CommandProps {
  /** What does it at last. */
  confirm: string
  color?: string
  onConfirm: () => void
  children: ReactNode
}

/** A command on somebody else is never one press. */
function AskedCommand({ confirm, color, onConfirm, children, ...button }: AskedProps) {
  const { t } = useTranslation()
  const [isAsking, setAsking] = useState(false)
  const go = () => {
    setAsking(false)
    onConfirm()
  }
  return (
    <Popover opened={isAsking} onChange={setAsking} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <CommandButton {...button} onClick={() => setAsking(!isAsking)} />
      </Popover.Target>
      <Popover.Dropdown aria-label={button.label}>
        <Stack gap="xs">
          {children}
          <Group gap="xs" justify="flex-end">
            <Button size="xs" variant="default" onClick={() => setAsking(false)}>
              {t('common.cancel')}
            </Button>
            <Button
              size="xs"
              {...(color === undefined ? {} : { color })}
              onClick={() => button.waits.unless(go)}
            >
              {confirm}
            </Button>
          </Group>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}

interface PauseProps extends Pick<CommandProps, 'isBusy' | 'waits'> {
  name: string
  onPause: (reason: PauseReason) => void
}

/** The agent reads why, and by whom. */
function PauseMember({ name, onPause, ...state }: PauseProps) {
  const { t } = useTranslation()
  const [reason, setReason] = useState<PauseReason>('meeting')
  return (
    <AskedCommand
      {...state}
      label={t('queues.pauseOf', { name })}
      icon={<IconPlayerPause size={16} />}
      confirm={t('queues.pause')}
      onConfirm={() => onPause(reason)}
    >
      <NativeSelect
        size="xs"
        label={t('queues.pauseReason', { name })}
        value={reason}
        data={PAUSE_REASONS.map((value) => ({ value, label: t(`pause.${value}`) }))}
        onChange={(event) => {
          const chosen = PAUSE_REASONS.find((one) => one === event.currentTarget.value)
          if (chosen) setReason(chosen)
        }}
      />
    </AskedCommand>
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
            <OrderButton
              needs="pbx"
              pbxId={queue.pbxId}
              size="xs"
              type="submit"
              disabled={!isRight}
              loading={order.isPending}
            >
              {t('queues.add')}
            </OrderButton>
          </Group>
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}
