package model

import (
	"chancery/curation/duplicates"
	"chancery/diplomacy"
)

// Connections of what is neither an entity nor linked by statements.
type (
	VersionConnection   = List[*Version]
	VersionEdge         = ListEdge[*Version]
	TransactionEdge     = ListEdge[*diplomacy.Transaction]
	ChangeConnection    = List[*Change]
	ChangeEdge          = ListEdge[*Change]
	DuplicateConnection = List[*duplicates.Pair]
	DuplicateEdge       = ListEdge[*duplicates.Pair]
	FindingConnection   = SearchedList[*Finding]
	FindingEdge         = ListEdge[*Finding]
	ImpactConnection    = SearchedList[*Impact]
	ImpactEdge          = ListEdge[*Impact]
)
