#ifndef STARACTION_SERVICES_GATEWAY_NET_LOOP_H_
#define STARACTION_SERVICES_GATEWAY_NET_LOOP_H_

#include <utility>  // Boost 1.74 uses std::exchange without it.

#include <boost/asio/io_context.hpp>

#include "services/gateway/net/deadlines.h"

namespace staraction::gateway {

// What everything that runs on one thread shares.
struct Loop {
  boost::asio::io_context context{1};
  Deadlines deadlines{context};
};

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_NET_LOOP_H_
