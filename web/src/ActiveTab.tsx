import { pick, useGraphiQL } from '@graphiql/react'
import { useEffect } from 'react'

/** Scrolls the active tab into view when another one becomes active. */
export function ActiveTab() {
  const { activeTabIndex, tabs } = useGraphiQL(pick('activeTabIndex', 'tabs'))
  useEffect(() => {
    document.querySelector('.graphiql-tab-active')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [activeTabIndex, tabs.length])
  return null
}
