import { Group, Title } from '@mantine/core'
import { Preferences } from '../components/preferences.tsx'
import { BannerShelf } from './banner-shelf.tsx'
import { CallShelf } from './call-shelf.tsx'
import { FormShelf } from './form-shelf.tsx'
import { ListShelf } from './list-shelf.tsx'
import { PageShelf } from './page-shelf.tsx'
import { ToneShelf } from './tone-shelf.tsx'
import { WorkShelf } from './work-shelf.tsx'
import classes from './gallery.module.css'

/** Every part of the pages in each of its states; language and look by the buttons above. */
export function Gallery() {
  return (
    <main className={classes.gallery} id="gallery-of-parts">
      <Group justify="space-between">
        <Title order={1}>/dev/ui</Title>
        <Preferences />
      </Group>
      <BannerShelf />
      <ToneShelf />
      <CallShelf />
      <WorkShelf />
      <ListShelf />
      <FormShelf />
      <PageShelf />
    </main>
  )
}
