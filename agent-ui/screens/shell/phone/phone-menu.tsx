import {
  ActionIcon,
  Alert,
  Button,
  Group,
  NativeSelect,
  Popover,
  SegmentedControl,
  Stack,
  Text,
} from '@mantine/core'
import {
  IconDeviceLandlinePhone,
  IconHeadset,
  IconMicrophone,
  IconVolume,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { PhoneDevice } from '#contract/staff.ts'
import { useTranslation } from '../../../i18n/translation.tsx'
import { chooseDevice, chosenDevice, devicesFor } from '../../../phone/devices.ts'
import type { DeviceUse } from '../../../phone/devices.ts'
import { usePhone } from '../../../phone/phone-store.ts'
import { chime } from '../alerts/sound.ts'
import { useChooseDevice, useDevice, useOwnPhone } from './use-own-phone.ts'
import { useTryMic } from './use-try-mic.ts'
import type { MicTest } from './use-try-mic.ts'

const TEST_SECONDS = 4

/** At which phone calls come, and what is heard and spoken by; only for who may answer in the page. */
export function PhoneMenu() {
  const { t } = useTranslation()
  const phone = useOwnPhone()
  const device = useDevice()
  const link = usePhone((value) => value.link)
  if (phone.data?.isOffered !== true && device === 'desk') return null
  const label = t(`phone.link.${device === 'desk' ? 'off' : link}`)
  const isWell = device === 'desk' || link === 'registered' || link === 'elsewhere'
  const Icon = device === 'desk' ? IconDeviceLandlinePhone : IconHeadset
  return (
    <Popover position="bottom-end" width={320} trapFocus>
      <Popover.Target>
        <ActionIcon
          variant={isWell ? 'subtle' : 'filled'}
          color={isWell ? 'gray' : 'red.9'}
          aria-label={label}
          title={label}
          data-testid="phone-link"
          data-link={device === 'desk' ? 'off' : link}
        >
          <Icon size={18} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown role="dialog" aria-label={t('phone.title')}>
        <Stack gap="sm">
          <DeviceChoice device={device} />
          {device === 'web' && <Devices />}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}

/** The browser asks for the microphone before calls come here: one that is blocked takes none. */
function DeviceChoice({ device }: { device: PhoneDevice }) {
  const { t } = useTranslation()
  const choose = useChooseDevice()
  const mic = useTryMic()
  const isBusy = choose.isPending || mic.isPending
  const take = async (wanted: PhoneDevice) => {
    if (wanted === 'web') {
      const outcome = await mic.tryIt(0)
      if (outcome !== 'heard' && outcome !== 'silent') return
    }
    choose.mutate(wanted)
  }
  return (
    <>
      <Text fw={600} size="sm">
        {t('phone.choose')}
      </Text>
      <SegmentedControl
        fullWidth
        value={device}
        aria-label={t('phone.choose')}
        data={[
          { value: 'desk', label: t('phone.desk') },
          { value: 'web', label: t('phone.web') },
        ]}
        // not disabled meanwhile: the keyboard would be lost, and with it the key that closes the menu
        aria-busy={isBusy}
        onChange={(wanted) => void (isBusy || take(wanted))}
      />
      <MicWord result={mic.result} isTest={false} />
    </>
  )
}

/** What came of a try of the microphone; of one that only asked, nothing when it was given. */
function MicWord({ result, isTest }: { result: MicTest | null; isTest: boolean }) {
  const { t } = useTranslation()
  if (result === null) return null
  if (result !== 'heard' && result !== 'silent')
    return (
      <Alert color="red.9" variant="outline" p="xs" role="alert">
        {t(`phone.mic.${result}`)}
      </Alert>
    )
  if (!isTest) return null
  return (
    <Text size="sm" role="status">
      {t(`phone.${result}`)}
    </Text>
  )
}

function Devices() {
  const { t } = useTranslation()
  const mic = useTryMic()
  return (
    <>
      <DeviceSelect use="mic" />
      <DeviceSelect use="speaker" />
      <DeviceSelect use="ring" />
      <Group gap="xs" grow>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconMicrophone size={16} aria-hidden />}
          onClick={() => mic.isPending || void mic.tryIt(TEST_SECONDS)}
        >
          {t('phone.testMic')}
        </Button>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconVolume size={16} aria-hidden />}
          onClick={chime}
        >
          {t('phone.testRing')}
        </Button>
      </Group>
      {mic.isPending && (
        <Text size="sm" role="status">
          {t('phone.testing')}
        </Text>
      )}
      <MicWord result={mic.result} isTest />
    </>
  )
}

function DeviceSelect({ use }: { use: DeviceUse }) {
  const { t } = useTranslation()
  const devices = useQuery({
    queryKey: ['audio-devices', use],
    queryFn: () => devicesFor(use),
    // a headset is plugged in at any time
    staleTime: 0,
  })
  const [chosen, setChosen] = useState(() => chosenDevice(use))
  const found = devices.data ?? []
  const isAbsent = devices.isSuccess && !found.some(({ value }) => value === chosen)
  const absent = { value: chosen, label: t('phone.devices.absent') }
  return (
    <NativeSelect
      size="xs"
      label={t(`phone.devices.${use}`)}
      data={[
        { value: '', label: t('phone.devices.system') },
        ...found,
        ...(isAbsent && chosen !== '' ? [absent] : []),
      ]}
      value={chosen}
      onChange={({ currentTarget: { value } }) => {
        setChosen(value)
        chooseDevice(use, value)
      }}
    />
  )
}
