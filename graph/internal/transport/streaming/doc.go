// Package streaming transports operations that have more than one response, as
// subscriptions do: over WebSocket (graphql-transport-ws), as server-sent events
// (graphql-sse in distinct connections mode), and in Apollo's multipart protocol. All
// three carry queries and mutations too.
//
// What a client may hold is bounded by the size of messages, by the number of operations
// on a socket and by the time that writing a message may take. Disconnected clients are
// noticed by pings, and everything that was started for them ends.
package streaming
