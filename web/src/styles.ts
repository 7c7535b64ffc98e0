// Sheet by sheet: graphiql/style.css would bring fonts within the text, which the
// page's policy forbids, and half of the page's weight.
import '@graphiql/react/style.css'
import '@graphiql/plugin-doc-explorer/style.css'
import '@graphiql/plugin-history/style.css'
import '@graphiql/plugin-explorer/style.css'
import 'graphiql/graphiql.css'
import './playground.css'
