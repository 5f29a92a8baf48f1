import { Button, Loader, Popover, SimpleGrid } from '@mantine/core'
import {
  IconDialpad,
  IconMicrophone,
  IconMicrophoneOff,
  IconPhone,
  IconPhoneOff,
  IconPlayerPause,
  IconPlayerPlay,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useActions } from '../../../actions.ts'
import { Tone } from '../../../components/tone.tsx'
import type { ToneName } from '../../../components/tone.tsx'
import { useTranslation } from '../../../i18n/translation.tsx'
import { phoneActions, usePhone } from '../../../phone/phone-store.ts'
import type { PhoneCall, Quality } from '../../../state/phone.ts'
import classes from '../call-bar/call-bar.module.css'

/**
 * What a person does with the call that is at the phone in their browser; nothing while there is none.
 * `isEndedByPbx`: a button beside it hangs up already.
 */
export function PhoneControls({ isEndedByPbx = false }: { isEndedByPbx?: boolean }) {
  const call = usePhone((phone) => phone.call)
  if (call === null) return null
  return call.stage === 'talking' ? (
    <TalkingControls call={call} isEndedHere={!isEndedByPbx} />
  ) : (
    <RingControls call={call} />
  )
}

function RingControls({ call }: { call: PhoneCall }) {
  const { t } = useTranslation()
  const isRinging = call.stage === 'ringing'
  const { answer, hangUp } = phoneActions
  useActions([
    { id: 'phone.answer', keys: 'F2', label: t('phone.answer'), when: isRinging, run: answer },
    { id: 'phone.hangUp', keys: 'Alt+X', label: t('phone.refuse'), run: hangUp },
  ])
  if (!isRinging) {
    return (
      <span role="status">
        <Loader size={14} /> {t('phone.answering')}
      </span>
    )
  }
  return (
    <>
      <KeyButton
        icon={<IconPhone size={16} aria-hidden />}
        keys="F2"
        color="teal.9"
        onClick={answer}
      >
        {t('phone.answer')}
      </KeyButton>
      <KeyButton icon={<IconPhoneOff size={16} aria-hidden />} keys="Alt+X" isEnd onClick={hangUp}>
        {t('phone.refuse')}
      </KeyButton>
    </>
  )
}

function TalkingControls({ call, isEndedHere }: { call: PhoneCall; isEndedHere: boolean }) {
  const { t } = useTranslation()
  const { hold, mute, hangUp } = phoneActions
  const { isHeld, isMuted, quality } = call
  const [holdWord, muteWord] = [
    t(isHeld ? 'phone.resume' : 'phone.hold'),
    t(isMuted ? 'phone.unmute' : 'phone.mute'),
  ]
  useActions([
    { id: 'phone.hold', keys: 'F4', label: holdWord, run: hold },
    { id: 'phone.mute', keys: 'Alt+U', label: muteWord, isOnBar: true, run: mute },
    {
      id: 'phone.hangUp',
      keys: 'Alt+X',
      label: t('phone.hangUp'),
      run: hangUp,
    },
  ])
  return (
    <>
      {isMuted && <Tone tone="warn">{t('phone.muted')}</Tone>}
      {quality !== null && !isHeld && <QualityWord quality={quality} />}
      <IconKeyButton label={holdWord} keys="F4" isPressed={isHeld} onClick={hold}>
        {isHeld ? <IconPlayerPlay size={16} /> : <IconPlayerPause size={16} />}
      </IconKeyButton>
      <IconKeyButton label={muteWord} keys="Alt+U" isPressed={isMuted} onClick={mute}>
        {isMuted ? <IconMicrophoneOff size={16} /> : <IconMicrophone size={16} />}
      </IconKeyButton>
      <Keypad />
      {isEndedHere && (
        <KeyButton icon={<IconPhoneOff size={16} />} keys="Alt+X" onClick={hangUp}>
          {t('phone.hangUp')}
        </KeyButton>
      )}
    </>
  )
}

const QUALITY_TONE: Record<Quality, ToneName> = { good: 'ok', middling: 'warn', bad: 'bad' }

function QualityWord({ quality }: { quality: Quality }) {
  const { t } = useTranslation()
  return (
    <span title={t('phone.qualityHint')} data-testid="phone-quality">
      <Tone tone={QUALITY_TONE[quality]}>{t(`phone.quality.${quality}`)}</Tone>
    </span>
  )
}

interface KeyButtonProps {
  icon: ReactNode
  keys: string
  /** The main thing to do now is filled with it. */
  color?: string
  /** It ends the call. */
  isEnd?: boolean
  onClick: () => void
  children: ReactNode
}

function KeyButton({ icon, keys, color, isEnd, onClick, children }: KeyButtonProps) {
  return (
    <Button
      size="xs"
      flex="none"
      variant={color === undefined ? 'default' : 'filled'}
      color={color ?? 'gray'}
      {...(isEnd ? { c: 'var(--mantine-color-error)' } : {})}
      leftSection={icon}
      rightSection={<kbd className={classes.key}>{keys}</kbd>}
      onClick={onClick}
    >
      {children}
    </Button>
  )
}

interface IconKeyButtonProps {
  label: string
  keys: string
  isPressed: boolean
  onClick: () => void
  children: ReactNode
}

/** What switches, beside the words of the call, which need the room. */
function IconKeyButton({ label, keys, isPressed, onClick, children }: IconKeyButtonProps) {
  return (
    <Button
      size="xs"
      flex="none"
      px="xs"
      variant={isPressed ? 'light' : 'default'}
      rightSection={<kbd className={classes.key}>{keys}</kbd>}
      aria-label={label}
      aria-pressed={isPressed}
      title={`${label} (${keys})`}
      onClick={onClick}
    >
      {children}
    </Button>
  )
}

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#']

/** Keys for menus of others, which answer to tones. */
function Keypad() {
  const { t } = useTranslation()
  return (
    <Popover position="bottom-end" trapFocus>
      <Popover.Target>
        <Button
          size="xs"
          flex="none"
          px="xs"
          variant="default"
          aria-label={t('phone.keypad')}
          title={t('phone.keypad')}
        >
          <IconDialpad size={16} aria-hidden />
        </Button>
      </Popover.Target>
      <Popover.Dropdown
        role="group"
        aria-label={t('phone.keypad')}
        onKeyDown={({ key }) => KEYS.includes(key) && phoneActions.press(key)}
      >
        <SimpleGrid cols={3} spacing={4}>
          {KEYS.map((key) => (
            <Button
              key={key}
              size="sm"
              variant="default"
              aria-label={t('phone.key', { key })}
              onClick={() => phoneActions.press(key)}
            >
              {key}
            </Button>
          ))}
        </SimpleGrid>
      </Popover.Dropdown>
    </Popover>
  )
}
