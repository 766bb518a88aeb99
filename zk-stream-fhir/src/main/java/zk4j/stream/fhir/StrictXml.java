package zk4j.stream.fhir;

import java.io.StringReader;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** XML that is safe to give to HAPI: bounded in depth, without a document type and so entities. */
final class StrictXml {
  private StrictXml() {}

  static String checked(String xml) throws Refusal {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try {
      XMLStreamReader in = factory.createXMLStreamReader(new StringReader(xml));
      int depth = 0;
      while (in.hasNext()) {
        switch (in.next()) {
          case XMLStreamConstants.START_ELEMENT -> depth++;
          case XMLStreamConstants.END_ELEMENT -> depth--;
          case XMLStreamConstants.DTD -> throw new Refusal("XML with a document type");
          default -> {}
        }
        if (depth > StrictJson.MAX_DEPTH) {
          throw new Refusal("XML that is nested too deep");
        }
      }
      in.close();
      return xml;
    } catch (XMLStreamException e) {
      // Its message quotes the text.
      throw new Refusal("no XML");
    }
  }
}
