import { ActionIcon, Menu, Text } from '@mantine/core'
import { IconBell, IconVolume, IconVolume3, IconVolumeOff } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from '../../../i18n/translation.tsx'
import { askNoticeLeave, noticeLeave } from './notice.ts'
import { chime, useSound, useSoundBlocked } from './sound.ts'

/** How this browser tells of a call: sound, which can be tried, and the system's notices. */
export function AlertMenu() {
  const { t } = useTranslation()
  const sound = useSound()
  const isBlocked = useSoundBlocked() && sound.isOn
  const label = isBlocked ? t('alerts.blocked') : t('alerts.title')
  return (
    <Menu position="bottom-end" width={280}>
      <Menu.Target>
        <ActionIcon
          variant={isBlocked ? 'filled' : 'subtle'}
          color={isBlocked ? 'red.9' : 'gray'}
          aria-label={label}
          title={label}
        >
          <SoundIcon isOn={sound.isOn} isBlocked={isBlocked} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {isBlocked && (
          <Menu.Label>
            <Text size="sm">{t('alerts.blockedHint')}</Text>
          </Menu.Label>
        )}
        <Menu.Item leftSection={<IconVolume size={16} />} closeMenuOnClick={false} onClick={chime}>
          {t('alerts.try')}
        </Menu.Item>
        <Menu.Item leftSection={<IconVolumeOff size={16} />} onClick={sound.toggle}>
          {sound.isOn ? t('app.soundOff') : t('app.soundOn')}
        </Menu.Item>
        <NoticeItem />
      </Menu.Dropdown>
    </Menu>
  )
}

function SoundIcon({ isOn, isBlocked }: { isOn: boolean; isBlocked: boolean }) {
  if (!isOn) return <IconVolumeOff size={18} />
  return isBlocked ? <IconVolume3 size={18} /> : <IconVolume size={18} />
}

function NoticeItem() {
  const { t } = useTranslation()
  const [leave, setLeave] = useState(noticeLeave)
  if (leave !== 'default') return <Menu.Label>{t(`alerts.${leave}`)}</Menu.Label>
  return (
    <Menu.Item
      leftSection={<IconBell size={16} />}
      closeMenuOnClick={false}
      onClick={() => void askNoticeLeave().then(setLeave)}
    >
      {t('alerts.ask')}
    </Menu.Item>
  )
}
