#include "services/document/writers/pdf_archive.h"

#include <memory>
#include <vector>

#include <qpdf/QPDF.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFWriter.hh>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/base/clock.h"
#include "common/status/errors.h"
#include "services/document/writers/artifact_filter.h"
#include "services/document/writers/srgb_profile.h"

namespace staraction::document {
namespace {

constexpr char kProducer[] = "StarAction";
constexpr int kPrintFlag = 4;

using Object = QPDFObjectHandle;

std::string Xml(const std::string& text) {
  return absl::StrReplaceAll(text, {{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}});
}

std::string Xmp(const PdfMetadata& metadata) {
  std::string xmp = absl::StrCat(
      "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
      "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">"
      "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
      "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
      " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\""
      " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">"
      "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>"
      "<dc:format>application/pdf</dc:format>"
      "<dc:language><rdf:Bag><rdf:li>",
      Xml(metadata.language), "</rdf:li></rdf:Bag></dc:language><pdf:Producer>", kProducer,
      "</pdf:Producer><xmp:CreatorTool>", kProducer, "</xmp:CreatorTool>");
  if (!metadata.title.empty()) {
    absl::StrAppend(&xmp, "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">", Xml(metadata.title),
                    "</rdf:li></rdf:Alt></dc:title>");
  }
  if (!metadata.author.empty()) {
    absl::StrAppend(&xmp, "<dc:creator><rdf:Seq><rdf:li>", Xml(metadata.author),
                    "</rdf:li></rdf:Seq></dc:creator>");
  }
  if (metadata.create_time) {
    const std::string time =
        absl::FormatTime("%Y-%m-%dT%H:%M:%S%Ez", *metadata.create_time, Tokyo());
    absl::StrAppend(&xmp, "<xmp:CreateDate>", time, "</xmp:CreateDate><xmp:ModifyDate>", time,
                    "</xmp:ModifyDate>");
  }
  return absl::StrCat(xmp, "</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>");
}

Object MakeInfo(QPDF& pdf, const PdfMetadata& metadata) {
  Object info = Object::newDictionary();
  info.replaceKey("/Producer", Object::newUnicodeString(kProducer));
  info.replaceKey("/Creator", Object::newUnicodeString(kProducer));
  if (!metadata.title.empty()) {
    info.replaceKey("/Title", Object::newUnicodeString(metadata.title));
  }
  if (!metadata.author.empty()) {
    info.replaceKey("/Author", Object::newUnicodeString(metadata.author));
  }
  if (metadata.create_time) {
    const Object time = Object::newString(
        absl::FormatTime("D:%Y%m%d%H%M%S+09'00'", *metadata.create_time, Tokyo()));
    info.replaceKey("/CreationDate", time);
    info.replaceKey("/ModDate", time);
  }
  return pdf.makeIndirectObject(info);
}

Object MakeOutputIntent(QPDF& pdf) {
  Object profile = Object::newStream(&pdf, MakeSrgbProfile());
  profile.getDict().replaceKey("/N", Object::newInteger(3));
  Object intent = Object::newDictionary();
  intent.replaceKey("/Type", Object::newName("/OutputIntent"));
  intent.replaceKey("/S", Object::newName("/GTS_PDFA1"));
  intent.replaceKey("/OutputConditionIdentifier", Object::newString("sRGB IEC61966-2.1"));
  intent.replaceKey("/Info", Object::newString("sRGB IEC61966-2.1"));
  intent.replaceKey("/DestOutputProfile", profile);
  return pdf.makeIndirectObject(intent);
}

void Complete(QPDF& pdf, const PdfMetadata& metadata) {
  Object root = pdf.getRoot();
  Object xmp = Object::newStream(&pdf, Xmp(metadata));
  xmp.getDict().replaceKey("/Type", Object::newName("/Metadata"));
  xmp.getDict().replaceKey("/Subtype", Object::newName("/XML"));
  root.replaceKey("/Metadata", xmp);
  root.replaceKey("/OutputIntents", Object::newArray({MakeOutputIntent(pdf)}));
  root.replaceKey("/Lang",
                  Object::newString(metadata.language == "ja" ? "ja-JP" : metadata.language));
  root.replaceKey("/ViewerPreferences", Object::parse("<< /DisplayDocTitle true >>"));
  root.replaceKey("/MarkInfo", Object::parse("<< /Marked true >>"));
  pdf.getTrailer().replaceKey("/Info", MakeInfo(pdf, metadata));
}

// PDF/A wants links to be printed; the description is for screen readers.
void CompleteLinks(QPDFPageObjectHelper& page) {
  for (QPDFAnnotationObjectHelper& annotation : page.getAnnotations("/Link")) {
    Object link = annotation.getObjectHandle();
    link.replaceKey("/F", Object::newInteger(kPrintFlag));
    Object action = link.getKey("/A");
    const bool web = action.isDictionary() && action.getKey("/URI").isString();
    link.replaceKey("/Contents", Object::newUnicodeString(web ? action.getKey("/URI").getUTF8Value()
                                                              : "文書内の参照"));
  }
}

std::string Write(QPDF& pdf) {
  QPDFWriter writer(pdf);
  writer.setOutputMemory();
  writer.setMinimumPDFVersion("1.7");
  writer.setObjectStreamMode(qpdf_o_generate);
  writer.setDeterministicID(true);
  writer.setPreserveUnreferencedObjects(false);
  writer.write();
  const std::unique_ptr<Buffer> buffer(writer.getBuffer());
  return {reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize()};
}

}  // namespace

absl::StatusOr<std::string> ArchivePdf(const std::string& bytes, const PdfMetadata& metadata) {
  try {
    QPDF pdf;
    pdf.setSuppressWarnings(true);
    pdf.processMemoryFile("document", bytes.data(), bytes.size());
    Complete(pdf, metadata);
    for (QPDFPageObjectHelper& page : QPDFPageDocumentHelper(pdf).getAllPages()) {
      CompleteLinks(page);
      page.addContentTokenFilter(std::make_shared<ArtifactFilter>());
    }
    return Write(pdf);
  } catch (const std::exception& error) {
    return Internal(absl::StrCat("qpdf: ", error.what()));
  }
}

}  // namespace staraction::document
