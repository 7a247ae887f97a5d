#ifndef STARACTION_SERVICES_GATEWAY_NET_TLS_FILES_H_
#define STARACTION_SERVICES_GATEWAY_NET_TLS_FILES_H_

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <utility>  // Boost 1.74 uses std::exchange without it.

#include <boost/asio/ssl/context.hpp>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace staraction::gateway {

// Certificate and key of a directory as Kubernetes mounts them: tls.crt (chain), tls.key and, for
// the side that calls, ca.crt. The directory is swapped as a whole, by a link; the files are then
// read anew, for new connections. Files that can't be used are told of and the last good ones go
// on. Belongs to one thread.
class TlsFiles {
 public:
  enum class Side {
    kServer,  // for everybody, HTTP/2 and HTTP/1.1
    kClient,  // shows its certificate, believes only ca.crt, HTTP/2
  };
  using Report = std::function<void(const absl::Status&)>;

  // INVALID_ARGUMENT, naming the file, if they can't be used.
  static absl::StatusOr<std::unique_ptr<TlsFiles>> Open(const std::string& directory, Side side,
                                                        Report on_problem);

  // Valid until the next call. Looks for new files once a second at most.
  boost::asio::ssl::context& Current();

 private:
  TlsFiles(std::string directory, Side side, Report on_problem)
      : directory_(std::move(directory)), side_(side), on_problem_(std::move(on_problem)) {}

  absl::StatusOr<std::unique_ptr<boost::asio::ssl::context>> Load() const;
  std::string Version() const;

  const std::string directory_;
  const Side side_;
  const Report on_problem_;
  std::unique_ptr<boost::asio::ssl::context> context_;
  std::string version_;  // of the files that were tried last
  std::chrono::steady_clock::time_point looked_;
};

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_NET_TLS_FILES_H_
