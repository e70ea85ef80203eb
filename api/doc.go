// Package api is the HTTP service: one read-only project as GeoJSON, vector
// tiles and JSON, and the map page. [New] makes the handler; openapi/openapi.yaml
// describes it, and a test holds the two together.
//
// It is written for one machine: nobody signs in, so [CheckAddr] allows only
// loopback addresses, and requests that were sent to another host's name are
// refused (DNS rebinding), as are those that a browser sends on behalf of another
// site's page, unless they change nothing. What goes on without a request (jobs,
// package jobs) ends with [Service.Close]. Nothing is computed here but what [Analyst] computes;
// nothing is read but through [Project].
//
// Sources: RFC 9110 (HTTP), RFC 9457 (problem details), RFC 7946 (GeoJSON), the
// paging of OGC API Features (OGC 17-069r4).
package api
