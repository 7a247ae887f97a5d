#ifndef STARACTION_COMMON_TABLE_XML_HANDLER_H_
#define STARACTION_COMMON_TABLE_XML_HANDLER_H_

#include <string_view>
#include <utility>

#include "absl/status/status.h"

namespace staraction {

// The attributes of an element, by their names without prefix.
class XmlAttributes {
 public:
  // `pairs`: name, value, …, null, as expat hands them over.
  explicit XmlAttributes(const char* const* pairs) : pairs_(pairs) {}

  // Empty if there is none.
  std::string_view Get(std::string_view name) const;

 private:
  const char* const* pairs_;
};

// Takes the parts of an XML document as they are read, names without prefix.
class XmlHandler {
 public:
  virtual ~XmlHandler() = default;

  virtual void OnStart(std::string_view name, const XmlAttributes& attributes) = 0;
  virtual void OnEnd(std::string_view name) = 0;
  // A text may come in several pieces.
  virtual void OnText(std::string_view /*text*/) {}

  // Ends the reading: enough was read, or, with an error, the document is not acceptable. Nothing
  // is handed over any more.
  void Stop(absl::Status status = absl::OkStatus()) {
    if (stopped_) return;
    stopped_ = true;
    status_ = std::move(status);
  }
  bool stopped() const { return stopped_; }
  const absl::Status& status() const { return status_; }

 private:
  bool stopped_ = false;
  absl::Status status_;
};

}  // namespace staraction

#endif  // STARACTION_COMMON_TABLE_XML_HANDLER_H_
