import { useMutation, useQuery } from '@tanstack/react-query'
import type { PhoneDevice } from '#contract/staff.ts'
import { api } from '../../../api.ts'
import { notifyFailure } from '../../../components/failure.tsx'
import { useLive } from '../../../live-store.ts'
import { queries } from '../../../queries.ts'

/** At which phone this person is, as the service tells every tab. */
export function useDevice(): PhoneDevice {
  return useLive(({ desk }) => desk?.state.device ?? 'desk')
}

/** The own phone; asked again when the device is another one. */
export function useOwnPhone() {
  const device = useDevice()
  const isAsked = useLive(({ desk }) => desk !== null && desk.user.extension !== null)
  return useQuery({ ...queries.ownPhone(device), enabled: isAsked })
}

/** Takes calls elsewhere; the news of it come by the socket. */
export function useChooseDevice() {
  return useMutation({ mutationFn: api.choosePhone, onError: notifyFailure })
}
