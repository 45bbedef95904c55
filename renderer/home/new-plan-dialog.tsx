/** Asks for the name and the layout of a new plan and creates it. */
import {
  Button,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Input,
  Radio,
  RadioGroup,
} from '@fluentui/react-components'
import { useState } from 'react'
import { useAct, useClient } from '../client/client-context.tsx'
import { FailureNote } from '../shared/components/failure-view.tsx'
import { Modal } from '../shared/components/modal.tsx'
import styles from './home.module.css'

/** `onMade` gets the id of the plan once it is stored. */
export function NewPlanDialog({
  onClose,
  onMade,
}: {
  readonly onClose: () => void
  readonly onMade: (planId: string) => Promise<void>
}) {
  const client = useClient()
  const act = useAct()
  const [name, setName] = useState('')
  const [layout, setLayout] = useState<'pilot' | 'enterprise'>('pilot')
  const make = async (): Promise<void> => {
    const { planId } = await client.call('plan.new', { layout, ...(name.trim() === '' ? {} : { name: name.trim() }) })
    onClose()
    await onMade(planId)
  }
  return (
    <Modal onClose={onClose}>
      <DialogSurface>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            if (!act.busy) void act.run(make)
          }}
        >
          <DialogBody>
            <DialogTitle>New plan</DialogTitle>
            <DialogContent className={styles.form}>
              <Field label="Name">
                <Input
                  value={name}
                  maxLength={80}
                  placeholder="Accra data centre"
                  onChange={(_, { value }) => {
                    setName(value)
                  }}
                />
              </Field>
              <Field label="Layout">
                <RadioGroup
                  value={layout}
                  onChange={(_, { value }) => {
                    setLayout(value === 'enterprise' ? 'enterprise' : 'pilot')
                  }}
                >
                  <Radio value="pilot" label="Small team: Hub, PostgreSQL and Redis on one server" />
                  <Radio value="enterprise" label="Enterprise: servers of their own, Runners by environment" />
                </RadioGroup>
              </Field>
              <FailureNote failure={act.failure} />
            </DialogContent>
            <DialogActions>
              <Button onClick={onClose}>Cancel</Button>
              <Button appearance="primary" type="submit" disabledFocusable={act.busy}>
                Make plan
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Modal>
  )
}
