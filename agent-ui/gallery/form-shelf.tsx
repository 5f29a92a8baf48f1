import {
  Button,
  Checkbox,
  NativeSelect,
  SegmentedControl,
  Textarea,
  TextInput,
} from '@mantine/core'
import { FormButtons } from '../components/draft-form/form-buttons.tsx'
import { Panel } from '../components/panel.tsx'
import { TicketReading } from '../screens/tickets/ticket-reading.tsx'
import { aTicket } from '../test-support/samples.ts'
import { Shelf, State } from './shelf.tsx'
import classes from './gallery.module.css'

function nothing(): void {}

/** Fields, buttons, and the same matter for who may only read it. */
export function FormShelf() {
  return (
    <Shelf title="Forms">
      <div className={classes.two}>
        <State name="fields">
          <Panel title="Panel">
            <TextInput label="TextInput" placeholder="placeholder" />
            <TextInput label="TextInput" defaultValue="0912" error="error" />
            <NativeSelect label="NativeSelect" data={['a', 'b']} />
            <Textarea label="Textarea" description="description" />
            <Checkbox label="Checkbox" defaultChecked mt="xs" />
            <SegmentedControl mt="xs" data={['a', 'b', 'c']} />
            <FormButtons isSaving={false} onCancel={nothing} />
          </Panel>
        </State>
        <State name="saving, and what cannot be done now">
          <Panel title="Panel">
            <TextInput label="TextInput" disabled defaultValue="disabled" />
            <Button disabled mt="xs">
              disabled
            </Button>
            <FormButtons isSaving onCancel={nothing} />
          </Panel>
        </State>
        <State name="read-only: text, no field">
          <Panel title="Panel">
            <TicketReading
              ticket={aTicket({
                description: 'Đèn LOS đỏ từ sáng',
                area: 'Cầu Giấy',
                address: '12 Nguyễn Khang',
                permissions: [],
              })}
            />
          </Panel>
        </State>
      </div>
    </Shelf>
  )
}
