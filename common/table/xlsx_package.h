#ifndef STARACTION_COMMON_TABLE_XLSX_PACKAGE_H_
#define STARACTION_COMMON_TABLE_XLSX_PACKAGE_H_

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/table/table_options.h"
#include "common/table/xml_handler.h"
#include "staraction/error/v1/error_reason.pb.h"

namespace staraction {

// INVALID_ARGUMENT about the file as a whole.
absl::Status RejectFile(const TableOptions& options, const std::string& en, const std::string& ja,
                        error::v1::ErrorReason reason = error::v1::ERROR_REASON_FILE_REJECTED);
absl::Status FileTooLarge(const TableOptions& options, const std::string& en,
                          const std::string& ja);
// The same for a file that breaks the rules of its own format; `detail` is for developers.
absl::Status DamagedFile(const TableOptions& options, const std::string& detail);

// A workbook's file: a ZIP archive with parts of XML. Parts are unpacked and parsed piece by piece,
// so memory doesn't grow with them. What is unpacked is counted over all parts, whatever the
// archive says about their sizes. Not thread-safe.
class XlsxPackage {
 public:
  // `bytes` and `options` must outlive the package. INVALID_ARGUMENT if it isn't such an archive,
  // needs a password, or is too large.
  static absl::StatusOr<XlsxPackage> Open(std::string_view bytes, const TableOptions& options);

  XlsxPackage(XlsxPackage&&) noexcept;
  ~XlsxPackage();

  bool Has(const std::string& part) const;

  // Hands the part over to the handler. OK if it came to an end or the handler had enough;
  // otherwise the handler's error, or INVALID_ARGUMENT for a missing part, broken XML, a document
  // type (entities are never expanded), or more than the limits allow.
  absl::Status Parse(const std::string& part, XmlHandler& handler);

 private:
  struct Archive;
  XlsxPackage(std::unique_ptr<Archive> archive, size_t packed, const TableOptions& options);

  absl::Status Count(size_t unpacked);

  std::unique_ptr<Archive> archive_;
  const TableOptions* options_;
  size_t packed_;
  size_t unpacked_ = 0;
};

}  // namespace staraction

#endif  // STARACTION_COMMON_TABLE_XLSX_PACKAGE_H_
