#include "common/table/xlsx_package.h"

#include <expat.h>
#include <zip.h>

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/macros.h"
#include "common/status/errors.h"

namespace staraction {
namespace {

constexpr size_t kHarmlessBytes = size_t{16} << 20;
constexpr zip_int64_t kMaxParts = 10'000;

std::string_view WithoutPrefix(const char* name) {
  const std::string_view text = name;
  const size_t colon = text.rfind(':');
  return colon == std::string_view::npos ? text : text.substr(colon + 1);
}

// Expat with a handler behind it.
class XmlParser {
 public:
  explicit XmlParser(XmlHandler& handler)
      : handler_(handler), parser_(XML_ParserCreate(nullptr), &XML_ParserFree) {
    XML_SetUserData(parser_.get(), this);
    XML_SetElementHandler(parser_.get(), &OnStart, &OnEnd);
    XML_SetCharacterDataHandler(parser_.get(), &OnText);
    XML_SetStartDoctypeDeclHandler(parser_.get(), &OnDoctype);
  }

  // False if the document is broken, or the handler stopped.
  bool Parse(const char* bytes, size_t size, bool last) {
    const auto status = XML_Parse(parser_.get(), bytes, static_cast<int>(size), last);
    return status == XML_STATUS_OK;
  }

  bool has_doctype() const { return has_doctype_; }
  std::string Error() const {
    return absl::StrCat("line ", XML_GetCurrentLineNumber(parser_.get()), ": ",
                        XML_ErrorString(XML_GetErrorCode(parser_.get())));
  }

 private:
  static XmlParser& Self(void* self) { return *static_cast<XmlParser*>(self); }

  void StopIfHandlerDid() {
    if (handler_.stopped()) XML_StopParser(parser_.get(), XML_FALSE);
  }

  static void XMLCALL OnStart(void* self, const XML_Char* name, const XML_Char** attributes) {
    if (Self(self).handler_.stopped()) return;
    Self(self).handler_.OnStart(WithoutPrefix(name), XmlAttributes(attributes));
    Self(self).StopIfHandlerDid();
  }
  static void XMLCALL OnEnd(void* self, const XML_Char* name) {
    if (Self(self).handler_.stopped()) return;
    Self(self).handler_.OnEnd(WithoutPrefix(name));
    Self(self).StopIfHandlerDid();
  }
  static void XMLCALL OnText(void* self, const XML_Char* text, int size) {
    if (Self(self).handler_.stopped()) return;
    Self(self).handler_.OnText(std::string_view(text, static_cast<size_t>(size)));
    Self(self).StopIfHandlerDid();
  }
  static void XMLCALL OnDoctype(void* self, const XML_Char* /*name*/, const XML_Char* /*system*/,
                                const XML_Char* /*public*/, int /*internal*/) {
    Self(self).has_doctype_ = true;
    XML_StopParser(Self(self).parser_.get(), XML_FALSE);
  }

  XmlHandler& handler_;
  std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser_;
  bool has_doctype_ = false;
};

absl::Status CannotOpen(const TableOptions& options) {
  return RejectFile(options,
                    "the file is no workbook that can be opened; want .xlsx without a password, "
                    "or CSV",
                    "ブックとして開けません。壊れていないか確かめ、パスワードのない.xlsxか"
                    "CSVで保存し直してください");
}

}  // namespace

std::string_view XmlAttributes::Get(std::string_view name) const {
  for (const char* const* pair = pairs_; *pair != nullptr; pair += 2) {
    if (WithoutPrefix(*pair) == name) return pair[1];
  }
  return {};
}

absl::Status RejectFile(const TableOptions& options, const std::string& en, const std::string& ja,
                        ErrorReason reason) {
  return InvalidFields({{options.field, en, ja}}, reason);
}

absl::Status FileTooLarge(const TableOptions& options, const std::string& en,
                          const std::string& ja) {
  return RejectFile(options, en, ja, error::v1::ERROR_REASON_TOO_LARGE);
}

absl::Status DamagedFile(const TableOptions& options, const std::string& detail) {
  return RejectFile(options,
                    absl::StrCat("the workbook is damaged (", detail, "); open and save it again"),
                    absl::StrCat("ブックが壊れています（", detail,
                                 "）。表計算ソフトで開いて保存し直してください"));
}

struct XlsxPackage::Archive {
  ~Archive() { zip_discard(zip); }
  zip_t* zip = nullptr;
};

XlsxPackage::XlsxPackage(std::unique_ptr<Archive> archive, size_t packed,
                         const TableOptions& options)
    : archive_(std::move(archive)), options_(&options), packed_(packed) {}
XlsxPackage::XlsxPackage(XlsxPackage&&) noexcept = default;
XlsxPackage::~XlsxPackage() = default;

absl::StatusOr<XlsxPackage> XlsxPackage::Open(std::string_view bytes, const TableOptions& options) {
  if (bytes.size() > options.limits.bytes) {
    return FileTooLarge(
        options,
        absl::StrCat("the file has ", bytes.size(), " bytes, want at most ", options.limits.bytes),
        absl::StrCat("ファイルが", bytes.size(), "バイトあります。", options.limits.bytes,
                     "バイト以下にしてください"));
  }
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  if (source == nullptr) return Internal("no memory for a ZIP source");
  auto archive = std::make_unique<Archive>();
  archive->zip = zip_open_from_source(source, ZIP_RDONLY, &error);
  zip_error_fini(&error);
  if (archive->zip == nullptr) {
    zip_source_free(source);
    return CannotOpen(options);
  }
  if (zip_get_num_entries(archive->zip, 0) > kMaxParts) {
    return FileTooLarge(options, absl::StrCat("the workbook has more than ", kMaxParts, " parts"),
                        absl::StrCat("ブックの部品が", kMaxParts, "個を超えています"));
  }
  return XlsxPackage(std::move(archive), bytes.size(), options);
}

bool XlsxPackage::Has(const std::string& part) const {
  return zip_name_locate(archive_->zip, part.c_str(), ZIP_FL_ENC_GUESS) >= 0;
}

absl::Status XlsxPackage::Count(size_t unpacked) {
  unpacked_ += unpacked;
  const TableLimits& limits = options_->limits;
  const size_t by_ratio = std::max(kHarmlessBytes, packed_ * limits.unpacked_ratio);
  const size_t limit = std::min(limits.unpacked_bytes, by_ratio);
  if (unpacked_ <= limit) return absl::OkStatus();
  return FileTooLarge(*options_,
                      absl::StrCat("the workbook unpacks to more than ", limit, " bytes"),
                      absl::StrCat("ブックを展開すると", limit,
                                   "バイトを超えます。余分なシートや書式を"
                                   "除いて保存し直してください"));
}

absl::Status XlsxPackage::Parse(const std::string& part, XmlHandler& handler) {
  const std::unique_ptr<zip_file_t, decltype(&zip_fclose)> file(
      zip_fopen(archive_->zip, part.c_str(), ZIP_FL_ENC_GUESS), &zip_fclose);
  if (file == nullptr) {
    const bool locked = zip_error_code_zip(zip_get_error(archive_->zip)) == ZIP_ER_NOPASSWD;
    return locked ? CannotOpen(*options_) : DamagedFile(*options_, absl::StrCat("no part ", part));
  }
  XmlParser parser(handler);
  std::array<char, 64 << 10> buffer;
  while (true) {
    const zip_int64_t size = zip_fread(file.get(), buffer.data(), buffer.size());
    if (size < 0) return DamagedFile(*options_, absl::StrCat(part, " cannot be unpacked"));
    SA_RETURN_IF_ERROR(Count(static_cast<size_t>(size)));
    if (!parser.Parse(buffer.data(), static_cast<size_t>(size), size == 0)) {
      if (handler.stopped()) return handler.status();
      if (parser.has_doctype()) {
        return DamagedFile(*options_, absl::StrCat(part, " has a document type"));
      }
      return DamagedFile(*options_, absl::StrCat(part, ", ", parser.Error()));
    }
    if (size == 0) return absl::OkStatus();
  }
}

}  // namespace staraction
