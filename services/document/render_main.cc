// staraction-render: a document or template in text format → PDF. For authors of templates.
#include <google/protobuf/text_format.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "services/document/writers/pdf.h"

namespace staraction::document {
namespace {

constexpr char kUsage[] =
    "usage: staraction-render [--fonts FOLDER] DOCUMENT.txtpb OUT.pdf [code=value…]\n"
    "  DOCUMENT.txtpb  staraction.document.v1.BlockDocument in text format\n"
    "  FOLDER          prepared fonts; without it ../fonts beside this program\n";

struct Arguments {
  std::string fonts;
  std::string document;
  std::string out;
  FieldValues fields;
};

bool ParseArguments(int argc, char** argv, Arguments& arguments) {
  int at = 1;
  if (at + 1 < argc && std::string(argv[at]) == "--fonts") {
    arguments.fonts = argv[at + 1];
    at += 2;
  } else {
    const auto program = std::filesystem::canonical("/proc/self/exe");
    arguments.fonts = (program.parent_path().parent_path() / "fonts").string();
  }
  if (argc - at < 2) return false;
  arguments.document = argv[at++];
  arguments.out = argv[at++];
  for (; at < argc; ++at) {
    const std::string pair = argv[at];
    const size_t equals = pair.find('=');
    if (equals == std::string::npos) return false;
    arguments.fields[pair.substr(0, equals)] = pair.substr(equals + 1);
  }
  return true;
}

int Fail(const std::string& what) {
  std::cerr << "staraction-render: " << what << "\n";
  return 1;
}

int RenderFile(const Arguments& arguments) {
  std::ifstream in(arguments.document, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  if (!in) return Fail(absl::StrCat("cannot read ", arguments.document));
  v1::BlockDocument document;
  if (!google::protobuf::TextFormat::ParseFromString(text.str(), &document)) {
    return Fail(absl::StrCat(arguments.document, " is no BlockDocument in text format"));
  }
  const auto fonts = FontLibrary::Open(arguments.fonts);
  if (!fonts.ok()) return Fail(fonts.status().ToString());
  RenderOptions options;
  options.fonts = *fonts;
  options.fields = arguments.fields;
  const auto pdf = RenderPdf(document, options);
  if (!pdf.ok()) return Fail(std::string(pdf.status().message()));
  std::ofstream out(arguments.out, std::ios::binary);
  out << pdf->bytes;
  out.close();
  if (!out) return Fail(absl::StrCat("cannot write ", arguments.out));
  std::cout << pdf->page_count << " pages, " << pdf->bytes.size() << " bytes\n";
  for (const v1::Field& field : pdf->unresolved_fields) {
    std::cout << "no value: " << field.code() << " (" << field.label() << ")\n";
  }
  for (const char32_t point : pdf->missing_glyphs) {
    std::cout << "no glyph: U+" << std::hex << static_cast<uint32_t>(point) << std::dec << "\n";
  }
  return 0;
}

}  // namespace
}  // namespace staraction::document

int main(int argc, char** argv) {
  staraction::document::Arguments arguments;
  if (!staraction::document::ParseArguments(argc, argv, arguments)) {
    std::cerr << staraction::document::kUsage;
    return 2;
  }
  return staraction::document::RenderFile(arguments);
}
