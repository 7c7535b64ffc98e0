// Imports the style sheets one by one: graphiql/style.css embeds fonts, which the content
// security policy forbids and which are half of the size of the page.
import '@graphiql/react/style.css'
import '@graphiql/plugin-doc-explorer/style.css'
import '@graphiql/plugin-history/style.css'
import '@graphiql/plugin-explorer/style.css'
import 'graphiql/graphiql.css'
import './playground.css'
